import { memo, useCallback, useSyncExternalStore } from 'react';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconFollow } from '../ui/icons.tsx';
import { columns } from './copy-text.ts';
import { EntryDetail } from './entry-detail.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Grid } from './grid.tsx';
import type { TraceFollower } from './trace-follower.ts';
import { traceCells, traceColumns } from './trace-words.ts';
import { type Output, useOffer } from './use-output.tsx';

export type TraceTabProps = {
  readonly follower: TraceFollower;
  readonly output: Output;
  readonly showWay: (call: number) => void;
};

/** Every step as it happens, with filters and the whole of the chosen entry. */
export function TraceTab({ follower, output, showWay }: TraceTabProps) {
  const t = useText();
  const { grid, view } = follower;
  const row = useCallback(
    (index: number) => {
      const entry = follower.row(index);
      return entry && { cells: traceCells(entry, t), look: `trace-${entry.leg} trace-${entry.direction}` };
    },
    [follower, t],
  );
  useOffer(output, () => {
    const range = grid.selection ?? { from: view.start, to: view.end - 1 };
    return { from: range.from, to: range.to + 1, line: (index) => columns(row(index)?.cells ?? []) };
  });
  return (
    <div className="trace">
      <div className="trace-bar">
        <FilterBar follower={follower} />
        <Follow follower={follower} />
      </div>
      <div className="trace-split">
        <TraceGrid follower={follower} row={row} copy={output.copy} />
        <Selected follower={follower} showWay={showWay} />
      </div>
    </div>
  );
}

type TraceGridProps = Pick<TraceTabProps, 'follower'> & {
  readonly row: Parameters<typeof Grid>[0]['row'];
  readonly copy: () => void;
};

function TraceGrid({ follower, row, copy }: TraceGridProps) {
  const t = useText();
  const silent = useSyncExternalStore(follower.grid.subscribe, () => follower.ring.end === 0);
  return (
    <Grid
      model={follower.grid}
      label={t('diagnostics.trace')}
      look="trace-grid"
      columns={traceColumns(t)}
      row={row}
      empty={silent ? t('trace.empty') : t('trace.noMatch')}
      copy={copy}
    />
  );
}

/** How much there is, and the switch that goes on with the end. */
function Follow({ follower }: { readonly follower: TraceFollower }) {
  const t = useText();
  const { ring, view, grid } = follower;
  useSyncExternalStore(grid.subscribe, grid.version);
  const all = ring.end - ring.start;
  const shown = view.end - view.start;
  const selected = grid.selection ? grid.selection.to - grid.selection.from + 1 : 0;
  return (
    <div className="trace-follow">
      <p className="caption">
        {shown === all ? t('trace.rows', { count: all }) : t('trace.rowsShown', { shown, count: all })}
        {selected > 1 && ` · ${t('trace.selected', { count: selected })}`}
        {ring.lost > 0 && <strong className="trace-lost"> · {t('trace.lost', { count: ring.lost })}</strong>}
      </p>
      <FollowButton following={grid.following} follow={() => grid.follow()} />
    </div>
  );
}

const FollowButton = memo(function FollowButton(props: {
  readonly following: boolean;
  readonly follow: () => void;
}) {
  const t = useText();
  return (
    <Button icon={<IconFollow />} aria-pressed={props.following} onClick={props.follow}>
      {t('trace.follow')}
    </Button>
  );
});

/** The detail follows the selection only: entries that come do not touch it. */
function Selected({ follower, showWay }: Pick<TraceTabProps, 'follower' | 'showWay'>) {
  const { grid } = follower;
  const sequence = useSyncExternalStore(grid.subscribe, () => follower.selected()?.sequence ?? 0);
  return <EntryDetail key={sequence} entry={follower.selected()} showWay={showWay} />;
}

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { TapiRow } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import { traceTime } from '../text/format.ts';
import { type T, useText } from '../text/text.ts';
import { Select } from '../ui/field.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { columns } from './copy-text.ts';
import { Grid } from './grid.tsx';
import { GridModel } from './grid-model.ts';
import type { TraceFollower } from './trace-follower.ts';
import { type Output, useOffer } from './use-output.tsx';
import { useTapiFlow } from './use-tapi-flow.ts';

export type TapiTabProps = { readonly follower: TraceFollower; readonly output: Output };

/** What passed between a line and the telephony service, in the columns that line watchers have. */
export function TapiTab({ follower, output }: TapiTabProps) {
  const t = useText();
  const lines = useSlice('lines');
  const shim = useSlice('shim');
  const [chosen, setChosen] = useState('');
  const line = lines.find(({ key }) => key === chosen) ?? lines[0];
  const rows = useTapiFlow(follower, line?.key);

  const source = useRef({ start: 0, end: 0 });
  const model = useMemo(() => new GridModel(source.current), []);
  useLayoutEffect(() => {
    source.current.end = rows.length;
    model.refresh();
  }, [model, rows]);
  const row = useCallback(
    (index: number) => {
      const message = rows[index];
      return message && { cells: tapiCells(message, t) };
    },
    [rows, t],
  );
  useOffer(output, () => {
    const range = model.selection ?? { from: 0, to: rows.length - 1 };
    return { from: range.from, to: range.to + 1, line: (index) => columns(row(index)?.cells ?? []) };
  });
  return (
    <div className="tapi">
      {shim.unavailable && <ProblemNote problem={shim.unavailable} role="status" tone="warning" />}
      <div className="ladder-bar">
        <Select
          label={t('tapi.line')}
          value={line?.key ?? ''}
          onChange={(event) => setChosen(event.target.value)}
        >
          {lines.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      <Grid
        model={model}
        label={t('diagnostics.tapi')}
        look="tapi-grid"
        columns={tapiColumns(t)}
        row={row}
        empty={lines.length === 0 ? t('tapi.noLines') : t('tapi.empty')}
        copy={output.copy}
      />
    </div>
  );
}

const tapiColumns = (t: T): readonly string[] => [
  t('column.time'),
  t('column.callId'),
  t('column.line'),
  t('column.callerId'),
  t('column.calledId'),
  t('column.connectedId'),
  t('column.callDirection'),
  t('column.event'),
];

function tapiCells(message: TapiRow, t: T): readonly string[] {
  const ways = { inbound: t('call.inbound'), outbound: t('call.outbound'), '': '' } as const;
  return [
    traceTime(message.at),
    message.callId === 0 ? '' : String(message.callId),
    message.line,
    message.callerId,
    message.calledId,
    message.connectedId,
    ways[message.direction],
    message.event,
  ];
}

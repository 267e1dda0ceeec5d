import { useState } from 'react';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import { traceDistance } from '../text/format.ts';
import { useText } from '../text/text.ts';
import { Select } from '../ui/field.tsx';
import { columns } from './copy-text.ts';
import { EntryDetail } from './entry-detail.tsx';
import { useCallChoices } from './filter-bar.tsx';
import { LadderTable } from './ladder-table.tsx';
import type { TraceFollower } from './trace-follower.ts';
import { traceCells } from './trace-words.ts';
import { useLadder } from './use-ladder.ts';
import { type Output, useOffer } from './use-output.tsx';

export type LadderTabProps = {
  readonly follower: TraceFollower;
  readonly output: Output;
  /** 0: none chosen yet. */
  readonly call: number;
  readonly choose: (call: number) => void;
};

const none: readonly TraceRow[] = [];

/** One call's way from the phone system to the TAPI program, step by step. */
export function LadderTab({ follower, output, call, choose }: LadderTabProps) {
  const t = useText();
  const language = useSlice('language');
  const choices = useCallChoices(follower);
  const steps = useLadder(follower, call);
  const [chosen, setChosen] = useState(0);
  const rows = steps ?? none;
  const first = rows[0]?.at ?? 0;
  const entry = rows.find(({ sequence }) => sequence === chosen);
  useOffer(output, () => ({
    from: 0,
    to: rows.length,
    line: (index) => {
      const step = rows[index];
      return step ? columns([traceDistance(step.at - first, language), ...traceCells(step, t)]) : '';
    },
  }));
  const empty = choices.length === 0 ? t('ladder.noCalls') : t('ladder.chooseFirst');
  return (
    <div className="ladder">
      <div className="ladder-bar">
        <Select
          label={t('ladder.choose')}
          value={call}
          onChange={(event) => choose(Number(event.target.value))}
        >
          <option value={0}>{t('ladder.chooseNone')}</option>
          {choices.map((choice) => (
            <option key={choice.call} value={choice.call}>
              {choice.title}
            </option>
          ))}
        </Select>
      </div>
      <div className="trace-split">
        <div className="ladder-area">
          {rows.length > 0 && (
            <LadderTable
              steps={rows}
              label={t('ladder.callAt', { call: `#${call}` })}
              chosen={chosen}
              choose={setChosen}
            />
          )}
          {call === 0 && <p className="grid-empty">{empty}</p>}
          {call !== 0 && steps?.length === 0 && <p className="grid-empty">{t('ladder.forgotten')}</p>}
        </div>
        <EntryDetail entry={entry} />
      </div>
    </div>
  );
}

import './ladder.css';
import type { KeyboardEvent } from 'react';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import { traceDistance, traceTime } from '../text/format.ts';
import { useText } from '../text/text.ts';
import { heading } from './ladder.ts';
import { legs } from './trace-ring.ts';
import { legKeys } from './trace-words.ts';

export type LadderTableProps = {
  readonly steps: readonly TraceRow[];
  readonly label: string;
  /** Sequence number of the chosen step; 0: none. */
  readonly chosen: number;
  readonly choose: (sequence: number) => void;
};

/** The ladder: a row for each step, in the column of the place where it happened. */
export function LadderTable({ steps, label, chosen, choose }: LadderTableProps) {
  const t = useText();
  const language = useSlice('language');
  const first = steps[0]?.at ?? 0;
  // One stop of the tab key for the whole ladder; the arrow keys go on from there.
  const stop = steps.some(({ sequence }) => sequence === chosen) ? chosen : steps[0]?.sequence;
  return (
    <table className="ladder-table" aria-label={label} onKeyDown={steer}>
      <thead>
        <tr>
          <th scope="col" className="ladder-after">
            {t('column.distance')}
          </th>
          {legs.map((leg) => (
            <th key={leg} scope="col">
              {t(legKeys[leg])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.sequence} className={step.sequence === chosen ? 'ladder-chosen' : undefined}>
            <td className="ladder-time ladder-after" title={traceTime(step.at)}>
              {traceDistance(step.at - first, language)}
            </td>
            {legs.map((leg) => (
              <td key={leg} className="ladder-lane">
                {leg === step.leg && (
                  <button
                    type="button"
                    className={`step step-${heading(step)} step-${leg}`}
                    tabIndex={step.sequence === stop ? 0 : -1}
                    aria-pressed={step.sequence === chosen}
                    onClick={() => choose(step.sequence)}
                    onFocus={() => choose(step.sequence)}
                  >
                    <Arrow step={step} />
                    <span>{step.label}</span>
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Arrow({ step }: { readonly step: TraceRow }) {
  const t = useText();
  const way = heading(step);
  if (way === 'stays') return <span className="step-dot" />;
  return (
    <>
      <span className="step-arrow" aria-hidden="true">
        {way === 'toTapi' ? '→' : '←'}
      </span>
      <span className="hidden-text">{way === 'toTapi' ? t('ladder.toTapi') : t('ladder.toPbx')}: </span>
    </>
  );
}

function steer(event: KeyboardEvent<HTMLTableElement>): void {
  const steps = [...event.currentTarget.querySelectorAll<HTMLElement>('.step')];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? steps.indexOf(activeElement) : -1;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: steps.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  steps[Math.min(steps.length - 1, Math.max(0, to))]?.focus();
}

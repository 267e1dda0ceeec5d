import { memo, useMemo, useState, useSyncExternalStore } from 'react';
import { otherEnd, partyWords } from '../call/words.ts';
import { useSlice } from '../state.ts';
import { type T, useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import type { TraceFollower } from './trace-follower.ts';
import { everything, type Leg, legs, type TraceFilter } from './trace-ring.ts';
import { legKeys } from './trace-words.ts';

const MAX_TEXT = 200;

/** A call as it can be chosen from a list. */
export type CallChoice = { readonly call: number; readonly title: string };

/** Calls of the trace and calls of now, newest first. */
export function useCallChoices(follower: TraceFollower): readonly CallChoice[] {
  const t = useText();
  const traced = useSyncExternalStore(follower.grid.subscribe, () => follower.ring.calls);
  const active = useSlice('calls');
  return useMemo(() => choices(traced, active, t), [traced, active, t]);
}

function choices(
  traced: readonly number[],
  active: ReturnType<typeof useSlice<'calls'>>,
  t: T,
): readonly CallChoice[] {
  const titles = new Map(
    active.map((call) => {
      const party = partyWords(otherEnd(call), t).name;
      return [call.id, t('ladder.callOf', { call: `#${call.id}`, party })];
    }),
  );
  const ids = new Set([...active.map(({ id }) => id), ...traced]);
  return [...ids]
    .sort((a, b) => b - a)
    .map((call) => ({ call, title: titles.get(call) ?? t('ladder.callAt', { call: `#${call}` }) }));
}

/** What of the trace is shown: words, a call, and the places where things happen. */
export function FilterBar({ follower }: { readonly follower: TraceFollower }) {
  const choices = useCallChoices(follower);
  const [filter, setFilter] = useState<TraceFilter>(() => follower.view.filter);
  return (
    <Filters
      choices={choices}
      filter={filter}
      change={(part) => {
        const next = { ...filter, ...part };
        setFilter(next);
        follower.setFilter(next);
      }}
    />
  );
}

type FiltersProps = {
  readonly choices: readonly CallChoice[];
  readonly filter: TraceFilter;
  readonly change: (part: Partial<TraceFilter>) => void;
};

// The trace may bring thousands of entries a second; the boxes change when somebody types.
const Filters = memo(
  function Filters({ choices, filter, change }: FiltersProps) {
    const t = useText();
    const turn = (leg: Leg) => {
      const without = new Set(filter.without);
      if (!without.delete(leg)) without.add(leg);
      change({ without });
    };
    return (
      <search className="filters">
        <Field
          label={t('trace.filter')}
          placeholder={t('trace.filterPlaceholder')}
          type="search"
          value={filter.text}
          maxLength={MAX_TEXT}
          onChange={(event) => change({ text: event.target.value })}
        />
        <Select
          label={t('trace.call')}
          value={filter.call}
          onChange={(event) => change({ call: Number(event.target.value) })}
        >
          <option value={everything.call}>{t('trace.allCalls')}</option>
          {choices.map(({ call, title }) => (
            <option key={call} value={call}>
              {title}
            </option>
          ))}
        </Select>
        <fieldset className="filter-legs">
          <legend>{t('trace.legs')}</legend>
          {legs.map((leg) => (
            <Button key={leg} aria-pressed={!filter.without.has(leg)} onClick={() => turn(leg)}>
              {t(legKeys[leg])}
            </Button>
          ))}
        </fieldset>
      </search>
    );
  },
  (a, b) => a.choices === b.choices && a.filter === b.filter,
);

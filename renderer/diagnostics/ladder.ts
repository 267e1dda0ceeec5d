import type { TraceRow } from '../../contract/renderer-api.ts';

/** Steps in the order they happened, each once. */
export function rungs(known: readonly TraceRow[], more: readonly TraceRow[]): readonly TraceRow[] {
  const bySequence = new Map(known.map((row) => [row.sequence, row]));
  for (const row of more) bySequence.set(row.sequence, row);
  return [...bySequence.values()].sort((a, b) => a.at - b.at || a.sequence - b.sequence);
}

/** Which way a step goes between the phone system on the left and the TAPI program on the right. */
export type Heading = 'toTapi' | 'toPbx' | 'stays';

/** What comes in from the PBX and what goes out to the link both go right. */
export function heading({ leg, direction }: Pick<TraceRow, 'leg' | 'direction'>): Heading {
  if (direction === 'note') return 'stays';
  return (leg === 'pbx') === (direction === 'in') ? 'toTapi' : 'toPbx';
}

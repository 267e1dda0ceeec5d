/** Everything the page says, from the results of one run. */
import type { ByHand } from './by-hand.ts';
import { type CaughtRow, page } from './page.ts';
import type { Results } from './results.ts';
import { type Place, statement } from './statement.ts';
import { STATEMENTS } from './statements/all.ts';
import { CAUGHT, caughtFault } from './statements/wrong.ts';
import { type Judged, judge } from './verdict.ts';

export type Judgement = {
  readonly judged: readonly Judged[];
  readonly caught: readonly (CaughtRow & { readonly missing: readonly string[] })[];
  readonly text: string;
};

/** Judges all statements and all wrong providers. */
export function judgeAll(results: Readonly<Record<Place, Results>>, byHand: ByHand): Judgement {
  const judged = STATEMENTS.map((one) => judge(one, results));
  const caught = Object.entries(CAUGHT).map(([fault, number]) => {
    const { at, missing } = judge(statement(number, fault, caughtFault(fault)), results);
    return { fault, number, at, missing };
  });
  return { judged, caught, text: page(judged, caught, byHand) };
}

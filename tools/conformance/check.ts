/** Whether the page that is kept is what the results say. */

import type { Judgement } from './judgement.ts';
import { caughtRowOf, rowOf } from './page.ts';

export type Findings = {
  /** What is wrong with the page or with the driver. */
  readonly problems: readonly string[];
  /** What did not run here, so that nothing can be said of it. */
  readonly unknown: readonly string[];
};

/**
 * Compares a page with a judgement. Rows of which everything ran must be in the page word for word, and the whole
 * page must be equal when everything ran.
 */
export function compare(kept: string, { judged, caught, text }: Judgement): Findings {
  const problems: string[] = [];
  const unknown: string[] = [];
  const lines = new Set(kept.split('\n'));
  const look = (what: string, row: string, verdicts: readonly string[], missing: readonly string[]): void => {
    if (verdicts.includes('fails')) problems.push(`${what} fails: ${missing.join('; ')}`);
    else if (verdicts.includes('not run')) unknown.push(`${what} is not proved: ${missing.join('; ')}`);
    else if (!lines.has(row)) problems.push(`${what} stands on the page in other words`);
  };
  for (const one of judged) {
    look(`statement ${one.statement.number}`, rowOf(one), Object.values(one.at), one.missing);
  }
  for (const one of caught) {
    look(`the wrong driver ${one.fault}`, caughtRowOf(one), Object.values(one.at), one.missing);
  }
  if (problems.length === 0 && unknown.length === 0 && kept !== text) {
    problems.push('the text around the rows is another');
  }
  return { problems, unknown };
}

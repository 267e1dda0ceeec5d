/** What the results say of each statement. */
import type { Outcome, Results } from './results.ts';
import { PLACES, type Place, type Proof, type Statement } from './statement.ts';

/** Of one statement at one place: no proof belongs there, or what the proofs say. */
export type Verdict = 'none' | 'holds' | 'fails' | 'not run';

export type Judged = {
  readonly statement: Statement;
  readonly at: Readonly<Record<Place, Verdict>>;
  /** Proofs that failed or did not run, each with its place. */
  readonly missing: readonly string[];
};

export const nameOf = (proof: Proof): string =>
  proof.kind === 'unit' ? proof.title : `${proof.file} > ${proof.title}`;

function outcomes(proof: Proof, { tests, units }: Results): Outcome[] {
  const known = proof.kind === 'unit' ? units : tests;
  const name = nameOf(proof);
  if (!name.endsWith('…')) return [known.get(name) ?? 'not run'];
  const found = [...known].filter(([title]) => title.startsWith(name.slice(0, -1)));
  return found.length === 0 ? ['not run'] : found.map(([, outcome]) => outcome);
}

/** Of several: one failure fails, one that did not run leaves open. */
function worst(all: readonly Outcome[]): Outcome {
  if (all.includes('failed')) return 'failed';
  return all.includes('not run') ? 'not run' : 'passed';
}

const words: Record<Outcome, Verdict> = { passed: 'holds', failed: 'fails', 'not run': 'not run' };

/** Judges a statement. It holds somewhere only when every proof that belongs there ran and passed. */
export function judge(statement: Statement, results: Readonly<Record<Place, Results>>): Judged {
  const missing: string[] = [];
  const verdictAt = (place: Place): Verdict => {
    const proofs = statement.proofs.filter(({ places }) => places.includes(place));
    if (proofs.length === 0) return 'none';
    const said = proofs.map((proof) => worst(outcomes(proof, results[place])));
    proofs.forEach((proof, at) => {
      if (said[at] !== 'passed') missing.push(`${place}: ${nameOf(proof)} (${said[at]})`);
    });
    return words[worst(said)];
  };
  const entries = PLACES.map((place) => [place, verdictAt(place)] as const);
  return { statement, at: Object.fromEntries(entries) as Record<Place, Verdict>, missing };
}

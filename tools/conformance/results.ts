/** What the tests of the last run said: vitest's JSON reports, one file for each place and part. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { type Place, UNITS_FILE } from './statement.ts';

export type Outcome = 'passed' | 'failed' | 'not run';

/** Longest report that is read, in characters. */
const MAX_REPORT = 50_000_000;

/** The reports of each place, below out/conformance. `npm test` removes them first and has each part write its own. */
export const REPORTS: Readonly<Record<Place, readonly string[]>> = {
  native: ['unit.json', 'native.json'],
  x64: ['wine.json', 'x64.json'],
  x86: ['x86.json'],
};

const assertionSchema = v.object({
  ancestorTitles: v.array(v.string()),
  title: v.string(),
  status: v.string(),
  /** The C unit tests leave theirs here: title and whether it held. */
  meta: v.optional(v.object({ units: v.optional(v.record(v.string(), v.boolean())) })),
});

const reportSchema = v.object({
  testResults: v.array(v.object({ name: v.string(), assertionResults: v.array(assertionSchema) })),
});

/** What is known of one place. */
export type Results = {
  /** Outcomes by `<file> > <title>`. */
  readonly tests: ReadonlyMap<string, Outcome>;
  /** Outcomes of the C unit tests by their titles. */
  readonly units: ReadonlyMap<string, Outcome>;
};

const outcomeOf = (status: string): Outcome =>
  status === 'passed' ? 'passed' : status === 'failed' ? 'failed' : 'not run';

/** Reads reports, given as text. @throws when one is no report */
export function readReports(texts: readonly string[], root: string): Results {
  const tests = new Map<string, Outcome>();
  const units = new Map<string, Outcome>();
  for (const text of texts) {
    if (text.length > MAX_REPORT) throw new Error('a test report is too long');
    for (const { name, assertionResults } of v.parse(reportSchema, JSON.parse(text)).testResults) {
      const file = relative(root, name).replaceAll('\\', '/');
      for (const { ancestorTitles, title, status, meta } of assertionResults) {
        tests.set([file, ...ancestorTitles, title].join(' > '), outcomeOf(status));
        if (file !== UNITS_FILE) continue;
        for (const [unit, held] of Object.entries(meta?.units ?? {})) {
          units.set(unit, held ? 'passed' : 'failed');
        }
      }
    }
  }
  return { tests, units };
}

/** The results of a place as the last run left them. */
export function resultsOf(place: Place, root: string): Results {
  const files = REPORTS[place].map((name) => join(root, 'out/conformance', name)).filter(existsSync);
  return readReports(
    files.map((file) => readFileSync(file, 'utf8')),
    root,
  );
}

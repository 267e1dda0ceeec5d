/**
 * docs/tapi-conformance.md from the results of the last `npm test`:
 *
 *   node tools/conformance/main.ts          writes the page
 *   node tools/conformance/main.ts --check  compares it; what did not run is named, and fails in CI
 *
 * Ends with 1 when a statement fails or the page says something else.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readByHand } from './by-hand.ts';
import { compare } from './check.ts';
import { judgeAll } from './judgement.ts';
import { resultsOf } from './results.ts';

/** A whole place that did not run needs no line for each statement. */
const SHOWN_MAX = 10;

const root = join(import.meta.dirname, '../..');
const target = join(root, 'docs/tapi-conformance.md');
const byHandFile = join(root, 'docs/tapi-conformance.windows.json');

const read = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

const results = {
  native: resultsOf('native', root),
  x64: resultsOf('x64', root),
  x86: resultsOf('x86', root),
};
const judgement = judgeAll(results, readByHand(read(byHandFile)));
const open = judgement.judged.filter(({ statement }) => statement.proofs.length === 0);

if (!process.argv.includes('--check')) {
  writeFileSync(target, judgement.text);
  console.log('wrote docs/tapi-conformance.md');
}
const { problems, unknown } = compare(read(target) ?? '', judgement);
for (const problem of problems) console.error(problem);
for (const line of unknown.slice(0, SHOWN_MAX)) console.log(line);
if (unknown.length > SHOWN_MAX) console.log(`and ${unknown.length - SHOWN_MAX} more`);
const holding = judgement.judged.length - open.length - unknown.length;
console.log(
  `${judgement.judged.length} statements: ${problems.length} problems, ${unknown.length} not run here, ${open.length} open.`,
);
if (open.length > 0) console.log(`Open: ${open.map(({ statement }) => statement.number).join(', ')}.`);
const failsInCi = process.env['CI'] !== undefined && (unknown.length > 0 || open.length > 0);
process.exitCode = problems.length > 0 || failsInCi || holding === 0 ? 1 : 0;

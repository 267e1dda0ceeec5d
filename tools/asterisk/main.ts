/**
 * Fetches the releases of Asterisk that the tests run. A release that cannot be had is named; without any it fails.
 *
 *   node tools/asterisk/main.ts
 */

import { type Fetched, fetchRelease } from './fetch.ts';
import { RELEASES } from './releases.ts';
import { asteriskMissing, report } from './report.ts';

const missing = asteriskMissing();
const results: Fetched[] = [];
if (missing === undefined) for (const release of RELEASES) results.push(await fetchRelease(release));
const { lines, ok } = report(results, missing);
console.log(lines.join('\n'));
process.exitCode = ok ? 0 : 1;

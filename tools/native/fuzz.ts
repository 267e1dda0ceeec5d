/** Replays the fuzz corpus and fuzzes for a while: node tools/native/fuzz.ts [seconds] */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildFuzz, root } from './build.ts';

const seconds = Number(process.argv[2] ?? 20);
const corpus = join(root, 'native-shim/fuzz/corpus');
const program = await buildFuzz();
const seeds = readdirSync(corpus).map((name) => join(corpus, name));
/** What libFuzzer says is long, and read only when it found something. */
const run = (args: readonly string[]): boolean => {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) console.error(stderr);
  return status === 0;
};

mkdirSync(join(root, 'out'), { recursive: true });
// libFuzzer writes what it finds into the first folder it is given: a folder of its own, not the corpus.
const scratch = mkdtempSync(join(root, 'out/fuzz-'));
const artifacts = `-artifact_prefix=${join(root, 'out')}/`;
const replayed = run([artifacts, ...seeds]);
console.log(`${seeds.length} inputs of the corpus ${replayed ? 'replayed' : 'failed'}.`);
const fuzzed = run([artifacts, `-max_total_time=${seconds}`, scratch, corpus]);
rmSync(scratch, { recursive: true, force: true });
console.log(
  `Fuzzed for ${seconds} s: ${fuzzed ? 'nothing found' : 'a fault was found, its input lies in out/'}.`,
);
process.exitCode = replayed && fuzzed && seeds.length > 0 ? 0 : 1;

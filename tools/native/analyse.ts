/**
 * Static analysis of all C code; what is found is an error: node tools/native/analyse.ts
 *
 * Every analyser first has to find the fault planted for it. What was clean stays clean until a file, a header, an
 * analyser or its settings change.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Analysis, cFiles, ownAnalyses, plantedAnalyses, readWindowsHeaders } from './analysers.ts';
import { root, shimRoot } from './compile.ts';

/** A line that keeps an analyser quiet, without the reason that has to stand behind it. */
const UNREASONED = /NOLINT(?!(?:NEXTLINE)?\([\w.,-]+\): \w)|cppcheck-suppress(?! \w+ ; \w)/;

/** What an analyser said, and whether that is a finding. */
interface Said {
  readonly found: boolean;
  readonly text: string;
}

function run({ command: [program, ...args] }: Analysis): Promise<Said> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code === 'string') reject(error);
      else resolve({ found: error !== null, text: `${stdout}${stderr}` });
    });
  });
}

/** Runs as many analyses at a time as there are cores; the results come in the order of the analyses. */
async function runAll(analyses: readonly Analysis[], one: (analysis: Analysis) => Promise<Said>) {
  const results: Said[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < analyses.length) {
      const at = next;
      next += 1;
      results[at] = await one(analyses[at] as Analysis);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

/** The versions of the analysers and everything all files have in common, as one text. */
async function basis(analyses: readonly Analysis[]): Promise<string> {
  const programs = [...new Set(analyses.map(({ command }) => command[0]))];
  const versions = await Promise.all(
    programs.map(
      (program) =>
        new Promise<string>((resolve) => execFile(program, ['--version'], (_, stdout) => resolve(stdout))),
    ),
  );
  const settings = ['.clang-tidy', 'cppcheck-suppressions.txt'].map((name) => join(shimRoot, name));
  const headers = (await cFiles('.h')).map((name) => join(root, name));
  return [...versions, ...[...settings, ...headers].map((file) => readFileSync(file, 'utf8'))].join();
}

/** Runs an analysis unless it was clean before with the very same input. */
function remembering(folder: string, common: string): (analysis: Analysis) => Promise<Said> {
  mkdirSync(folder, { recursive: true });
  return async (analysis) => {
    const input = [common, ...analysis.command, ...analysis.files.map((file) => readFileSync(file, 'utf8'))];
    const note = join(folder, createHash('sha256').update(input.join('\0')).digest('hex'));
    if (existsSync(note)) return { found: false, text: '' };
    const said = await run(analysis);
    if (!said.found) writeFileSync(note, '');
    return said;
  };
}

/** Where an analyser is kept quiet without a reason: `<file>:<line>`. */
export function unreasoned(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => (UNREASONED.test(line) ? [`${file}:${at + 1}`] : []));
}

/** @returns whether all is well */
async function main(): Promise<boolean> {
  let ok = true;
  await readWindowsHeaders();
  const planted = plantedAnalyses();
  (await runAll(planted, run)).forEach(({ found }, at) => {
    const { analyser, system } = planted[at] as Analysis;
    if (!found) console.error(`${analyser} does not find the fault planted for it (${system}).`);
    ok &&= found;
  });
  const analyses = await ownAnalyses();
  const results = await runAll(analyses, remembering(join(root, 'out/analyse'), await basis(analyses)));
  const findings = results.filter(({ found }) => found);
  for (const { text } of findings) console.error(text.trim());
  const sources = [...(await cFiles('.c')), ...(await cFiles('.h'))];
  const quiet = sources.flatMap((file) => unreasoned(file, readFileSync(join(root, file), 'utf8')));
  for (const place of quiet) console.error(`${place}: an analyser is kept quiet without a reason.`);
  console.log(
    `${planted.length} planted faults, ${analyses.length} analyses of all C code, ${findings.length} with findings.`,
  );
  return ok && findings.length === 0 && quiet.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await main()) ? 0 : 1;

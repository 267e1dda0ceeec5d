import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { asteriskMissing } from '../asterisk/report.ts';
import { networkMissing } from '../rig/network.ts';
import { wineMissing } from '../rig/wine.ts';
import { wineX86Missing } from '../rig/wine-x86.ts';
import { lookAtMachine, missingGroups } from '../setup/system.mjs';
import { type Lane, type Phase, runPhases, type Step, summary } from './steps.ts';

const ci = Boolean(process.env['CI']);

/** Why a group of system packages is not there; undefined when it is. */
function lacks(...groups: readonly string[]): () => string | undefined {
  return () => {
    const found = missingGroups(lookAtMachine({ path: process.env['PATH'] ?? '' })).map(({ id }) => id);
    const absent = groups.filter((group) => found.some((id) => id === group));
    return absent.length === 0 ? undefined : `missing: ${absent.join(', ')} (npm run setup)`;
  };
}

const task = (file: string, ...args: string[]): Step['command'] => [
  process.execPath,
  ...process.execArgv,
  file,
  ...args,
];
const tests = (...projects: string[]): Step['command'] => [
  'vitest',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
];

/** The reports of this run; those of an earlier one would prove nothing. */
const CONFORMANCE = 'out/conformance';
rmSync(CONFORMANCE, { recursive: true, force: true });

/** Leaves what tools/conformance reads, beside what vitest prints. */
const conformance = (part: string): readonly string[] => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${CONFORMANCE}/${part}.json`,
];

/** Needs a network of its own, which not every machine allows. */
const PACKET_LOSS = 'tests/prosody/packet-loss.test.ts';

const sources: Lane = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of what knows Electron', command: ['tsc', '-p', 'tsconfig.window.json'] },
  { name: 'types of the pages', command: ['tsc', '-p', 'renderer'] },
  { name: 'lint and format', command: ['biome', 'check', '.'] },
  { name: 'imports', command: task('tools/layers/main.ts') },
  { name: 'generated files', command: task('tools/generate/main.ts', '--check') },
  { name: 'third-party notices', command: task('tools/licences/notices.ts', '--check') },
  { name: 'unit and property tests', command: [...tests('unit'), ...conformance('unit')] },
];

const driver: Lane = [
  {
    name: 'C code and the path, natively',
    command: [...tests('native'), ...conformance('native')],
    missing: lacks('native'),
  },
  { name: 'DLL for x64 and x86', command: task('tools/native/dll.ts'), missing: lacks('windows') },
  {
    name: 'DLL, host and companion under Wine',
    command: [...tests('wine'), ...conformance('wine')],
    missing: () => lacks('windows', 'wine', 'chromium', 'locales')() ?? wineMissing(),
  },
  {
    name: 'the provider for x64 under Wine',
    command: [...tests('x64'), ...conformance('x64')],
    missing: () => lacks('windows', 'wine')() ?? wineMissing(),
  },
  { name: 'Wine for 32-bit programs', command: task('tools/wine-x86/main.ts'), missing: lacks('wine') },
  {
    name: 'the provider for x86 under Wine',
    command: [...tests('x86'), ...conformance('x86')],
    missing: () => lacks('windows', 'wine')() ?? wineMissing() ?? wineX86Missing(),
  },
];

const serversAndWindows: Lane = [
  {
    name: 'sessions against real servers and clients',
    command: [...tests('pbx'), '--exclude', PACKET_LOSS],
    missing: lacks('prosody', 'xmpp-client'),
  },
  {
    name: 'a session that loses all packets',
    command: [...tests('pbx'), PACKET_LOSS],
    missing: () => lacks('prosody')() ?? networkMissing(),
  },
  { name: 'Asterisk for the tests', command: task('tools/asterisk/main.ts'), missing: asteriskMissing },
  {
    name: 'calls at real Asterisks',
    command: tests('asterisk'),
    missing: () => asteriskMissing() ?? lacks('native')(),
  },
  {
    name: 'the windows, in Chromium',
    command: tests('window'),
    missing: lacks('native', 'chromium'),
  },
  {
    name: 'static analysis of the C code',
    command: task('tools/native/analyse.ts'),
    missing: lacks('native', 'windows', 'analysis'),
  },
  { name: 'fuzzing the decoder', command: task('tools/native/fuzz.ts'), missing: lacks('fuzz') },
];

const judgement: Lane = [
  { name: 'the conformance page', command: task('tools/conformance/main.ts', '--check') },
];

// What mostly waits for servers, pages and Wine runs side by side.
const phases: readonly Phase[] = [[sources], [driver, serversAndWindows], [judgement]];

function run({ name, command: [program, ...args] }: Step, live: boolean): Promise<number | null> {
  const output = live ? 'inherit' : 'pipe';
  const child = spawn(program, args, { stdio: ['ignore', output, output] });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      if (!live) console.log(`\n── ${name} has ended:\n${Buffer.concat(said).toString('utf8')}`);
      resolve(code);
    });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(null);
    });
  });
}

const results = await runPhases(phases, { run, now: () => performance.now(), say: console.log });
const { lines, ok } = summary(results, ci);
console.log(`\n${lines.join('\n')}`);
process.exitCode = ok ? 0 : 1;

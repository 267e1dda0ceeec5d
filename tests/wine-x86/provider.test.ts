import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWindows } from '../../tools/native/build.ts';
import { buildUiHost } from '../../tools/native/programs.ts';
import { ANNA, BEN, Rig } from '../../tools/rig/rig.ts';
import { windowsPath } from '../../tools/rig/wine.ts';
import { type Wine, wineFor } from '../../tools/rig/wine-places.ts';

/** What 32-bit programs load, as 32-bit code. The companion is Node for Windows, of 64 bits, in the same Wine. */
type Line = { readonly kind: string; readonly [field: string]: unknown };

let wine: Wine;
let library: string;
let host: string;
let uiHost: string;
let folder: string;

beforeAll(async () => {
  wine = wineFor('x86');
  wine.start();
  ({ library, host } = await buildWindows('x86'));
  uiHost = await buildUiHost('x86');
  folder = mkdtempSync(join(tmpdir(), 'tapline-x86-'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program to its end. @returns its lines, and the exit code */
function run(program: string, args: readonly string[], input = ''): { lines: Line[]; code: number | null } {
  const [command = '', ...words] = [...wine.command, program, windowsPath(library), ...args];
  const env = { ...wine.environment, TAPLINE_STATE: windowsPath(folder), LC_ALL: 'C.UTF-8' };
  const { stdout, status } = spawnSync(command, words, { env, input, encoding: 'utf8', timeout: 60_000 });
  const lines = stdout.split('\n').filter(Boolean);
  return { lines: lines.map((line) => JSON.parse(line) as Line), code: status };
}

// Statement 5, at run time: each function is called with the arguments of the reference.
it('takes as many bytes off the stack as each function was given', () => {
  const { lines, code } = run(host, [], 'stop\nstack\nquit\n');
  const answer = lines.find(({ command }) => command === 'stack');
  expect(answer).toMatchObject({ calleeCleans: true });
  expect(Number(answer?.['functions'])).toBeGreaterThan(40);
  expect(lines.filter(({ kind }) => kind === 'violation')).toEqual([]);
  expect(code).toBe(0);
});

it('shows the dialog of the UI DLL to a 32-bit program', () => {
  const { lines, code } = run(uiHost, ['well', 'config', 'none', 'show', 'press-escape']);
  const texts = lines.filter(({ kind }) => kind === 'control').map(({ text }) => text);
  expect(texts).toContainEqual(
    expect.stringMatching(/^\d+\.\d+\.\d+ \(telephony service: x86, this program: x86\)$/),
  );
  expect(lines).toContainEqual(expect.objectContaining({ kind: 'return', command: 'config', result: '0x0' }));
  expect(code).toBe(0);
});

it('tells of an incoming call and makes an outgoing one, over the pipe to a companion of 64 bits', async () => {
  const rig = await Rig.start('wine-x86');
  await rig.startCompanion();
  await rig.signIn();
  const tapi = await rig.startHost();
  expect(tapi.log.entries[0]).toMatchObject({ kind: 'start', bits: 32 });
  await rig.openLine();

  rig.pbx.exchange.outside.call('0891234567', 'Zoë Zimmer', ANNA.extension);
  await tapi.state('OFFERING', 0);
  expect(await tapi.command('callinfo last')).toMatchObject({ callerNumber: '0891234567' });
  await tapi.command('answer 21 last');
  await tapi.state('CONNECTED', 0);
  await tapi.command('drop 22 last');
  await tapi.state('IDLE', 0);
  await tapi.command('closecall last');

  const from = tapi.log.entries.length;
  await tapi.command(`makecall 23 ${BEN.extension}`);
  await tapi.state('RINGBACK', from);
  rig.pbx.exchange.answer(BEN.name);
  await tapi.state('CONNECTED', from);
  await tapi.command('drop 24 last');
  await tapi.state('IDLE', from);
  await tapi.command('closecall last');
  expect(await rig.stop()).toBe(0);
});

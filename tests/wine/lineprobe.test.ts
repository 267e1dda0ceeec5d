import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../tools/native/build.ts';
import { buildForTests, buildProbe } from '../../tools/native/programs.ts';
import { TAPI_FUNCTION } from '../../tools/verify-windows/verbs.ts';
import { PrivatePrefix } from './support/private-prefix.ts';

const own = new PrivatePrefix('private', ['tapi32']);
const wines = new PrivatePrefix('private', []);
const folder = join(root, 'out/wine/lineprobe');
const program = join(folder, 'lineprobe.exe');

interface Line {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** Runs a script of commands; each line it writes, and how it ended. */
function probe(
  commands: readonly string[],
  args: readonly string[] = [],
): { code: number | null; lines: Line[] } {
  const { code, out } = own.run(program, args, {}, commands.map((command) => `${command}\n`).join(''));
  return {
    code,
    lines: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  };
}

const answers = (lines: readonly Line[]): Line[] => lines.filter(({ kind }) => kind === 'return');
const named = (lines: readonly Line[], command: string): Line | undefined =>
  lines.find((line) => line['command'] === command);

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  copyFileSync(await buildProbe('x64'), program);
  await buildForTests('probe/tests/tapi32', folder, 'tapi32.dll');
  own.start();
}, 300_000);
afterAll(() => own.stop());

it('says so where tapi32 promises and gives nothing, as Wine’s own does', () => {
  const { code, out } = wines.run(program, [], { WINEDLLOVERRIDES: 'tapi32=b;mscoree,mshtml=' }, 'lines\n');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ kind: 'start', bits: 64, error: 'LINEERR_UNINITIALIZED' });
});

describe('with a tapi32 that answers', () => {
  it('shows what lines there are; a part that lies outside of its structure is left out', () => {
    const { code, lines } = probe([
      '# a comment',
      '',
      'lines',
      'devcaps 0',
      'addresscaps 0',
      'quit',
      'lines',
    ]);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ kind: 'start', devices: 2, result: '0x0' });
    const devices = lines.filter(({ kind }) => kind === 'line');
    expect(devices).toMatchObject([
      { device: 0, version: '0x20002', name: 'Anna Müller (340)', permanentLineID: 17 },
      { device: 1, error: 'LINEERR_INCOMPATIBLEAPIVERSION' },
    ]);
    expect(devices[0]).not.toHaveProperty('provider');
    expect(named(lines, 'addresscaps')).toMatchObject({ callFeatures: '0x84', result: '0x0' });
    expect(lines.at(-1)).toMatchObject({ kind: 'end', exitCode: 0 });
  });

  it('shows a line that is created while it runs', () => {
    const { lines } = probe(['lines', 'open 0 monitor', 'wait 5000 LINE_CREATE', 'lines']);
    const counts = lines.filter(({ command }) => command === 'lines').map(({ devices }) => devices);
    expect(counts).toEqual([2, 3]);
  });

  it('opens as an owner, takes a call and leads it through every verb', () => {
    const script = [
      'open 0 owner',
      'wait 5000 LINE_APPNEWCALL',
      'wait 5000 LINE_CALLSTATE OFFERING',
      'accept last',
      'wait 5000 LINE_CALLSTATE ACCEPTED',
      'answer last',
      'wait 5000 LINE_CALLSTATE CONNECTED',
      'digits last 12#',
      'wait 5000 LINE_GENERATE',
      'hold 1',
      'wait 5000 LINE_CALLSTATE ONHOLD',
      'makecall 0049 30 1234567',
      'wait 5000 LINE_CALLSTATE CONNECTED',
      'swaphold 2 1',
      'wait 5000 LINE_CALLSTATE CONNECTED',
      'wait 5000 LINE_CALLSTATE ONHOLD',
      'unhold 2',
      'setuptransfer 1',
      'wait 5000 LINE_CALLSTATE DIALTONE',
      'dial 3 341',
      'wait 5000 LINE_CALLSTATE CONNECTED',
      'callstatus 3',
      'completetransfer 1 3',
      'blindtransfer 2 342',
      'pickup 341',
      'pickupgroup own',
      'redirect 4 343',
      'onesteptransfer 4 341',
      'wait 5000 LINE_CALLSTATE DIALING',
      'stopdigits 4',
      'maketone',
      'drop last',
      'wait 5000 LINE_CALLSTATE IDLE',
      'release last',
      'linestatus',
      'addressstatus',
      'close',
    ];
    const { code, lines } = probe(script);
    expect(answers(lines).filter((line) => 'problem' in line || 'error' in line)).toEqual([]);
    expect(answers(lines)).toHaveLength(script.length);
    expect(code).toBe(0);
    expect(named(lines, 'callstatus')).toMatchObject({ state: 'CONNECTED' });
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'message', message: 'LINE_APPNEWCALL', param2: '0x3001', call: 1 }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'LINE_CALLSTATE',
        device: '0x3001',
        param1: '0x2',
        state: 'OFFERING',
      }),
    );
  });

  it('opens the dialogs of a line and of a provider', () => {
    const { code, lines } = probe(['linedialog 0', 'providerdialog 3', 'linedialog 1', 'providerdialog 7']);
    expect(answers(lines).map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      'LINEERR_BADDEVICEID',
      'LINEERR_OPERATIONUNAVAIL',
    ]);
    expect(code).toBe(1);
  });

  it('writes the numbers of calls whole only where it is asked to', () => {
    const script = ['open 0 owner', 'wait 5000 LINE_APPNEWCALL', 'callinfo last'];
    expect(named(probe(script).lines, 'callinfo')).toMatchObject({ callerNumber: '…67' });
    expect(named(probe(script, ['--numbers']).lines, 'callinfo')).toMatchObject({
      callerNumber: '0891234567',
    });
  });

  it.each([
    [
      'a request that fails later',
      ['open 0 monitor', 'makecall 0', 'wait 5000 LINE_REPLY LINEERR_CALLUNAVAIL'],
      0,
    ],
    ['a state that does not come', ['open 0 monitor', 'makecall 9', 'wait 200 LINE_CALLSTATE CONNECTED'], 1],
    ['an error of TAPI', ['open 1 monitor'], 1],
    ['a group that is not there', ['open 0 monitor', 'pickupgroup 5'], 1],
    [
      'another number to transfer to',
      ['open 0 owner', 'wait 5000 LINE_APPNEWCALL', 'onesteptransfer 1 34'],
      1,
    ],
    ['no line', ['makecall 341'], 1],
    ['no call', ['open 0 monitor', 'answer 1', 'drop last'], 1],
    ['an unknown command', ['0891234567'], 1],
    ['too few words', ['open 0'], 1],
    ['an unknown privilege', ['open 0 everything'], 1],
    ['a destination that is too long', ['open 0 monitor', `makecall ${'1'.repeat(300)}`], 1],
    ['a line that is too long', [`makecall ${'1'.repeat(2_000)}`, 'lines'], 1],
  ])('%s', (_, script, expected) => {
    const { code, lines } = probe(script);
    expect(code).toBe(expected);
    expect(answers(lines)).toHaveLength(script.length);
    expect(JSON.stringify(lines)).not.toContain('0891234567');
  });

  it('refuses words it does not know', () => {
    expect(own.run(program, ['--number'])).toMatchObject({ code: 2, out: '' });
  });

  it('names the function of TAPI behind every command', () => {
    const { out } = own.run(program, ['--help']);
    for (const name of Object.values(TAPI_FUNCTION)) expect(out).toContain(`      ${name}`);
    expect(out).toContain('completetransfer <call> <consultation call>');
  });
});

/** Malformed commands: each is refused or answered, and main never minds. */
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bridge,
  CHANNEL,
  type CommandName,
  rights,
  type WindowKind,
  windowKinds,
} from '../../contract/renderer-api.ts';
import { commandArguments } from '../../contract/renderer-arguments.ts';
import { soon } from './support/condition.ts';
import { type Seat, takeSeat } from './support/seat.ts';

declare const tapline: Bridge;

/** How many requests for each command and window that may use it. */
const EACH = 25;
/** What would change the world for the others when its arguments are right, or asks the network. */
const consequential: readonly CommandName[] = [
  'signIn',
  'testSignIn',
  'trustCertificate',
  'signOut',
  'tryDemo',
  'closeWindow',
  'openWindow',
  'drop',
  'answer',
];

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.everyWindow();
});
afterAll(() => seat?.stop());

const words = [
  '__proto__',
  'constructor',
  'toString',
  'line',
  'call',
  'target',
  'kind',
  'height',
  'from',
  'text',
  'password',
];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 32,
    2 ** 53,
    1e308,
    '',
    'flyout',
    'x'.repeat(5_000),
    '\0',
    '\ud800',
    [],
    {},
  ),
);
const args = fc.oneof(
  value,
  fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), value, { maxKeys: 6 }),
  fc.record(
    { call: value, line: value, target: value, text: value, from: value, height: value, kind: value },
    { requiredKeys: [] },
  ),
);
/** Whether the contract takes these arguments: the one judge of what is malformed. */
const isGood = (name: CommandName, given: unknown): boolean =>
  v.safeParse(commandArguments[name], given).success;

describe('random arguments', () => {
  const allowed = windowKinds.flatMap((kind) => rights[kind].commands.map((name) => [kind, name] as const));

  it.each(allowed)('from %s for %s are refused or answered', async (kind, name) => {
    const window = (await seat.window(kind))?.id ?? 0;
    const sender = { window, url: `app://tapline/${kind}/index.html`, topFrame: true };
    const property = fc.asyncProperty(args, async (given) => {
      fc.pre(!(consequential.includes(name) && isGood(name, given)));
      const good = isGood(name, given);
      const asked = seat.app.controls.invoke(sender, CHANNEL.command, name, given);
      if (good) await asked;
      else await expect(asked, JSON.stringify(given)).rejects.toThrow(`The arguments of ${name} are wrong`);
    });
    await fc.assert(property, { numRuns: EACH });
  });

  it('for names that are no commands are refused', async () => {
    const window = (await seat.window('flyout'))?.id ?? 0;
    const sender = { window, url: 'app://tapline/flyout/index.html', topFrame: true };
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom<unknown>(...words, 'dial ', 'Dial', '', null, 1, {}, ['dial']),
      value,
    );
    const property = fc.asyncProperty(name, args, async (command, given) => {
      fc.pre(!(typeof command === 'string' && Object.hasOwn(commandArguments, command)));
      const asked = seat.app.controls.invoke(sender, CHANNEL.command, command, given);
      await expect(asked).rejects.toThrow('a command that does not exist');
    });
    await fc.assert(property, { numRuns: 150 });
  });
});

/** Runs in the page, where values exist that no JSON has. @returns how each ended */
const fromPage = (page: Page, list: string): Promise<readonly string[]> =>
  page.evaluate(`Promise.all((${list}).map((make) => {
    try {
      return Promise.resolve(make()).then((value) => 'answered ' + JSON.stringify(value), (error) => 'refused ' + error);
    } catch (error) {
      return 'refused ' + error;
    }
  }))`);

describe('what only a page can send', () => {
  const values = [
    'undefined',
    'NaN',
    '-0',
    'Infinity',
    '10n',
    'Symbol("x")',
    '() => 1',
    'document',
    'window',
    'new Proxy({}, {})',
    'new Map([["call", 1]])',
    'new Set([1])',
    'new Date()',
    '/x/',
    'new Error("x")',
    'new Uint8Array(8)',
    'new ArrayBuffer(8)',
    '{ call: NaN }',
    '{ call: 1n }',
    '{ call: { valueOf: () => 1 } }',
    '{ call: [1] }',
    '{ call: "1" }',
    '{ get call() { throw new Error("x"); } }',
    '{ call: 1, extra: 1 }',
    'Object.create({ call: 1 })',
    'JSON.parse(\'{"__proto__":{"call":1}}\')',
    '(() => { const own = {}; own.call = own; return own; })()',
    '(() => { let deep = {}; for (let i = 0; i < 5000; i++) deep = { deep }; return deep; })()',
    '{ call: "x".repeat(1_000_000) }',
    'new Array(100_000).fill({ call: 1 })',
    'navigator',
    'Promise.resolve({ call: 1 })',
    'new WeakMap()',
  ];

  it.each(windowKinds)('from %s is refused', async (kind: WindowKind) => {
    const page = await seat.page(kind);
    const command = rights[kind].commands.includes('answer')
      ? 'answer'
      : kind === 'diagnostics'
        ? 'ladder'
        : 'signIn';
    const makers = `[${values.map((text) => `() => tapline.invoke(${JSON.stringify(command)}, ${text})`).join(',')}]`;
    const ends = await fromPage(page, makers);
    expect(ends.map((end, at) => [values[at], end.split(' ')[0]])).toEqual(
      values.map((text) => [text, 'refused']),
    );
  });

  it('as a command’s name is refused', async () => {
    const page = await seat.page('flyout');
    const names = [
      'undefined',
      'null',
      '{}',
      '[]',
      '{ toString: () => "drop" }',
      '["drop"]',
      'new String("drop")',
      'Symbol("drop")',
      '"__proto__"',
      '"constructor"',
      '"hasOwnProperty"',
      '""',
    ];
    const ends = await fromPage(
      page,
      `[${names.map((name) => `() => tapline.invoke(${name}, {})`).join(',')}, () => tapline.invoke(), () => tapline.invoke('dial')]`,
    );
    expect(ends.filter((end) => !end.startsWith('refused'))).toEqual([]);
  });

  it('as a listener does no harm', async () => {
    const page = await seat.page('flyout');
    await fromPage(
      page,
      "[() => tapline.on('patch', 5), () => tapline.on('patch', null), () => tapline.on({}, () => 1), () => tapline.on('patch', () => { throw new Error('mine'); })]",
    );
    seat.pbx.exchange.clear();
    await soon(() => seat.seen('popup')).toBe(false);
    await page.getByRole('listitem').first().waitFor({ state: 'detached' });
    await seat.ring();
    await page.getByRole('listitem').first().waitFor();
  });
});

describe('main, after all of it', () => {
  it('runs, without a trouble of its own, and takes a call', async () => {
    expect(
      seat.app.log.entries.filter(({ what }) => what === 'problem' || what === 'errorBox' || what === 'exit'),
    ).toEqual([]);
    expect(seat.app.output()).not.toMatch(/Error|at .*main\.cjs/);
    expect(seat.pbx.sessions()).toHaveLength(1);
    const { id } = (await seat.ask('popup', 'subscribe', {})).calls?.[0] ?? { id: 0 };
    expect(await seat.ask('popup', 'answer', { call: id })).toEqual({ ok: true });
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
  });

  it('noted the refusals without what was sent', async () => {
    const rows = (await seat.ask('diagnostics', 'followTrace', { from: 0 })).filter(
      ({ label }) => label === 'a command was refused',
    );
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ detail }) => detail.length > 1_000 || detail.includes('xxxxx'))).toEqual([]);
  });
});

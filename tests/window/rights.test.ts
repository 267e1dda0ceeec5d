/** A window gets the slices and may use the commands that the contract gives it, and no others. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bridge,
  type CommandName,
  type EventName,
  rights,
  type SliceName,
  type WindowKind,
  windowKinds,
} from '../../contract/renderer-api.ts';
import { commandArguments } from '../../contract/renderer-arguments.ts';
import { soon } from './support/condition.ts';
import { ANNA, BEN, CUSTOMER, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

declare const tapline: Bridge;
type Heard = {
  readonly slices: readonly SliceName[];
  readonly events: readonly EventName[];
  readonly text: string;
};

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
});
afterAll(() => seat?.stop());

/** Writes down everything that main sends to a page from here on. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    for (const name of ['patch', 'trace', 'testStep', 'dialRequested'] as const)
      tapline.on(name, (event) => heard.push([name, event]));
  });
const heardBy = async (kind: WindowKind): Promise<Heard> => {
  const page = await seat.page(kind);
  return page.evaluate(() => {
    const { heard } = window as unknown as { heard: [EventName, { slice?: SliceName }][] };
    const slices = heard.flatMap(([name, { slice }]) => (name === 'patch' && slice ? [slice] : []));
    return {
      slices: [...new Set(slices)].sort(),
      events: [...new Set(heard.map(([name]) => name))].sort(),
      text: JSON.stringify(heard),
    };
  });
};

describe('slices', () => {
  it('reach the windows that have a right to them, as snapshot and as patches, and no other', async () => {
    await seat.diagnostics();
    await seat.ask('diagnostics', 'openWindow', { kind: 'signIn' });
    await soon(() => seat.seen('signIn')).toBe(true);
    await seat.flyout();
    for (const kind of windowKinds) await listen(await seat.page(kind));

    expect(await seat.ask('signIn', 'testSignIn', { ...seat.credentials(), test: 1 })).toEqual({ ok: true });
    expect(await seat.ask('signIn', 'signIn', seat.credentials())).toEqual({ ok: true });
    await soon(async () => (await seat.ask('popup', 'subscribe', {})).lines?.length).toBe(1);
    // An offer, a call that rings, is answered and ends, and a number somebody wants to dial.
    seat.pbx.exchange.outside.call(SUPPLIER.number, SUPPLIER.name, BEN.extension);
    await seat.talk();
    await seat.app.controls.openUrl('tel:345');
    seat.pbx.exchange.clear();
    await soon(async () => (await seat.ask('popup', 'subscribe', {})).calls?.length).toBe(0);
    await soon(async () => (await heardBy('flyout')).text).toContain('"345"');

    for (const kind of windowKinds) {
      const { slices, events, text } = await heardBy(kind);
      const allowed = rights[kind].slices;
      expect(
        slices.filter((slice) => !allowed.includes(slice)),
        kind,
      ).toEqual([]);
      expect(Object.keys(await seat.ask(kind, 'subscribe', {})).sort(), kind).toEqual([...allowed].sort());
      expect(events.includes('trace'), `${kind}: trace`).toBe(kind === 'diagnostics');
      expect(events.includes('testStep'), `${kind}: steps`).toBe(kind === 'signIn');
      expect(events.includes('dialRequested'), `${kind}: dial`).toBe(kind === 'flyout');
      expect(text, `${kind}: the password`).not.toContain(ANNA.password);
      if (!allowed.includes('calls')) expect(text, kind).not.toContain(CUSTOMER.name);
    }
    // What may come did come: nothing above is true of silence alone.
    expect((await heardBy('flyout')).slices).toEqual(['accounts', 'calls', 'lines', 'offers']);
    expect((await heardBy('popup')).slices).toEqual(['calls', 'lines']);
    expect((await heardBy('signIn')).slices).toEqual(['accounts']);
    expect((await heardBy('diagnostics')).slices).toEqual(['accounts', 'calls', 'lines']);
  });
});

describe('commands', () => {
  const names = Object.keys(commandArguments) as CommandName[];
  const denied = windowKinds.flatMap((kind) =>
    names.filter((name) => !rights[kind].commands.includes(name)).map((name) => [kind, name] as const),
  );
  /** Arguments that are right for every command: only the right to it is missing. */
  const good = (name: CommandName): unknown =>
    ({
      dial: { line: 'line', target: '345' },
      pickup: { line: 'line', target: BEN.extension },
      answer: { call: 1 },
      drop: { call: 1 },
      signIn: seat.credentials(),
      testSignIn: seat.credentials(),
      openWindow: { kind: 'flyout' },
      fitHeight: { height: 100 },
      followTrace: { from: 0 },
      ladder: { call: 1 },
      tapiFlow: { line: 'line' },
      copyText: { text: 'text' },
    })[name as string] ?? {};

  it.each(denied)('%s may not use %s', async (kind, name) => {
    if (kind !== 'popup' && !(await seat.seen(kind))) {
      if (kind === 'flyout') await seat.flyout();
      else if (kind === 'diagnostics') await seat.diagnostics();
      else {
        await seat.diagnostics();
        await seat.ask('diagnostics', 'openWindow', { kind });
      }
    }
    const before = seat.pbx.sessions();
    const page = await seat.page(kind);
    const asked = page.evaluate(([command, args]) => tapline.invoke(command, args as never), [
      name,
      good(name),
    ] as const);
    await expect(asked).rejects.toThrow(`may not ask for ${name}`);
    expect(seat.pbx.sessions()).toEqual(before);
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });
});

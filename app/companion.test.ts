import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallMessage, ResultMessage } from '../contract/generated/shim.ts';
import { EARLY_COMMAND_MS } from './companion/deadlines.ts';
import { MAX_HINTS } from './companion/state.ts';
import { Companion } from './companion.ts';
import { lineId } from './lines/line.ts';
import type { ChannelReport, PbxListener } from './pbx/port.ts';
import {
  able,
  party,
  report,
  type Said,
  type SessionName,
  sessionState,
  user,
} from './testing/account-rig.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { ScriptedPbx } from './testing/scripted-pbx.ts';
import { hello, ShimPeer } from './testing/shim-peer.ts';
import { unixEndpoint } from './tsp/unix-endpoint.ts';

let folder: string;
let clock: FakeClock;
let companion: Companion;
let pbx: ScriptedPbx;
let adapter: PbxListener;
let shim: ShimPeer;

const anna = lineId('acme/anna');

/** An account whose users are told and whose session is there. */
function addAccount(key: string): ScriptedPbx {
  const scripted = addComing(key);
  adapter.event({ type: 'users', users: [user('anna', '370'), user('bob', '371')] });
  session('online');
  return scripted;
}

/** An account that has not signed in yet. */
function addComing(key: string): ScriptedPbx {
  const scripted = new ScriptedPbx();
  companion.addAccount({
    key,
    pbxName: 'PBX',
    connect: (listener) => {
      adapter = listener;
      return scripted;
    },
  });
  return scripted;
}

function session(state: SessionName): void {
  adapter.event({ type: 'session', session: sessionState(state) });
}

function channel(name: string, what: string, said?: Said): ChannelReport {
  const told = report('anna', name, what, said);
  const wire = { direction: 'in', label: `ChannelEvent ${what}`, text: '<raw/>', channel: name } as const;
  adapter.event({ type: 'channel', report: told, wire });
  return told;
}

/** A shim at the socket, greeted. */
async function connectShim(): Promise<ShimPeer> {
  const socket = connect(join(folder, 'link'));
  await once(socket, 'connect');
  const peer = new ShimPeer(socket);
  await peer.send(hello);
  await expect.poll(() => peer.kinds).toContain('synced');
  return peer;
}

const callsAt = (peer: ShimPeer): CallMessage[] =>
  peer.received.flatMap(({ message }) => (message?.kind === 'call' ? [message] : []));
const resultsAt = (peer: ShimPeer): ResultMessage[] =>
  peer.received.flatMap(({ message }) => (message?.kind === 'result' ? [message] : []));
/** The trace of one call as `leg label`. */
const traced = (call: number): string[] =>
  companion.trace.entries().flatMap((entry) => (entry.call === call ? [`${entry.leg} ${entry.label}`] : []));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-'));
  clock = new FakeClock();
  companion = new Companion({
    clock,
    random32: () => 4_294_967_294,
    version: '0.1.0',
    endpoint: unixEndpoint(join(folder, 'link')),
  });
  await companion.start();
  pbx = addAccount('acme');
  shim = await connectShim();
});

afterEach(async () => {
  await companion.stop();
  await rm(folder, { recursive: true });
});

describe('one call', () => {
  it('has one id at the PBX, in the core, on the link and at TAPI', async () => {
    channel('SIP/a-1', 'ringing', { caller: party('0049991123456', 'Öz') });
    await expect.poll(() => callsAt(shim)).toHaveLength(1);
    const [call] = callsAt(shim);
    const id = call?.call ?? 0;
    await shim.send({
      kind: 'report',
      what: 'event',
      line: anna,
      call: id,
      message: 2,
      param1: 2n,
      param2: 1n,
      param3: 4n,
    });
    await shim.send({ kind: 'command', call: id, verb: 'answer' }, 5);
    await expect.poll(() => pbx.told).toEqual(['answer anna SIP/a-1']);
    adapter.trace({ direction: 'out', label: 'phone.Offhook', text: '', channel: 'SIP/a-1' });
    await pbx.last.succeed();
    channel('SIP/a-1', 'busy', { caller: party('0049991123456', 'Öz') });
    await expect.poll(() => callsAt(shim)).toHaveLength(2);

    expect(traced(id)).toEqual([
      'pbx ChannelEvent ringing',
      'core OFFERING active',
      'link call OFFERING',
      'tapi LINE_CALLSTATE OFFERING',
      'link answer',
      'pbx phone.Offhook',
      'link result ok',
      'pbx ChannelEvent busy',
      'core CONNECTED active',
      'link call CONNECTED',
    ]);
    expect(shim.kinds.slice(-2), 'the answer comes first').toEqual(['result', 'call']);
  });

  it('that a program makes: its answer names it before its first state', async () => {
    await shim.send({ kind: 'makeCall', line: anna, target: '832' }, 7);
    await expect.poll(() => pbx.told).toEqual(['dial anna 832']);
    await pbx.last.succeed();
    await expect.poll(() => callsAt(shim)).toHaveLength(2);
    expect(shim.kinds.slice(-3)).toEqual(['result', 'call', 'call']);
    const [result] = resultsAt(shim);
    expect(callsAt(shim).map(({ call }) => call)).toEqual([result?.call, result?.call]);
    expect(callsAt(shim)[0]).toMatchObject({ line: anna, state: 8, mode: 16, origin: 1, reason: 1 });
    expect(traced(result?.call ?? 0).slice(0, 3)).toEqual([
      'link makeCall',
      'link result ok',
      'core DIALTONE unknown',
    ]);
  });

  it('given up by the shim before its channel is hung up when it is seen', async () => {
    await shim.send({ kind: 'makeCall', line: anna, target: '832' }, 7);
    await shim.send({ kind: 'cancel', pending: 7 });
    await expect.poll(() => shimHeard('cancel')).toBe(true);
    channel('SIP/a-1', 'ringing', { direction: 'outbound', called: party('832') });
    expect(pbx.told).toEqual(['dial anna 832', 'hangup anna SIP/a-1']);
    expect(Object.keys(companion.state.getState().calls)).toEqual([]);
  });

  it('is in the state until IDLE', () => {
    channel('SIP/a-1', 'ringing', { caller: party('0991') });
    expect(Object.values(companion.state.getState().calls)).toMatchObject([
      { line: 'acme/anna', status: { state: 'offering' }, caller: party('0991') },
    ]);
    channel('SIP/a-1', 'gone');
    expect(companion.state.getState().calls).toEqual({});
  });

  it('has an id that no other has, and never 0, across the end of the numbers', () => {
    for (const n of [1, 2, 3]) channel(`SIP/a-${n}`, 'ringing');
    expect(Object.keys(companion.state.getState().calls).map(Number)).toEqual([1, 2, 4_294_967_295]);
  });
});

const shimHeard = (label: string): boolean =>
  companion.trace.entries().some((entry) => entry.leg === 'link' && entry.label === label);

describe('the window’s commands', () => {
  it('take the same way as a program’s', async () => {
    const dialled = companion.dial('acme/bob', '0049 (0) 29691 0');
    expect(pbx.told).toEqual(['dial bob 0049296910']);
    await pbx.last.succeed();
    const outcome = await dialled;
    expect(outcome.ok).toBe(true);
    const call = outcome.ok ? outcome.call : 0;
    expect(companion.state.getState().calls[call]?.status.state).toBe('dialing');
    expect(await companion.answer(call)).toEqual({ ok: false, error: 'invalidCallState' });
    expect(await companion.drop(call)).toEqual({ ok: true, call });
    expect(companion.state.getState().calls).toEqual({});
  });

  it('hold a call, take it back and send it away', async () => {
    channel('SIP/a-1', 'busy');
    const [call] = Object.keys(companion.state.getState().calls).map(Number);
    const id = call ?? 0;
    const held = companion.hold(id);
    channel('SIP/a-1', 'held');
    expect(await held).toEqual({ ok: true, call: id });
    expect(companion.state.getState().calls[id]?.status.state).toBe('onHold');
    const back = companion.unhold(id);
    channel('SIP/a-1', 'retrieved');
    expect(await back).toEqual({ ok: true, call: id });
    const sent = companion.blindTransfer(id, '372');
    await pbx.last.succeed();
    expect(await sent).toEqual({ ok: true, call: id });
    expect(pbx.told).toEqual(['hold anna SIP/a-1', 'unhold anna SIP/a-1', 'blindTransfer anna SIP/a-1 372']);
  });

  it('about what nobody has fail; dropping it has worked', async () => {
    expect(await companion.dial('acme/carl', '832')).toEqual({ ok: false, error: 'invalidLineHandle' });
    expect(await companion.answer(4711)).toEqual({ ok: false, error: 'invalidCallHandle' });
    expect(await companion.drop(4711)).toEqual({ ok: true, call: 4711 });
  });
});

describe('a program', () => {
  it('is refused what no PBX command does for certain, with one answer each', async () => {
    channel('SIP/a-1', 'busy');
    await expect.poll(() => callsAt(shim)).toHaveLength(2);
    const call = callsAt(shim)[0]?.call ?? 0;
    await shim.send({ kind: 'setupTransfer', call, target: '' }, 21);
    await shim.send({ kind: 'commandPair', call, verb: 'swapHold', other: call }, 22);
    await shim.send({ kind: 'commandPair', call, verb: 'completeTransfer', other: 4711 }, 23);
    await shim.send({ kind: 'commandNumber', call, verb: 'redirect', target: '372' }, 24);
    await shim.send({ kind: 'generateDigits', call, digits: '1', duration: 100 }, 25);
    await shim.send({ kind: 'commandNumber', call: 4711, verb: 'blindTransfer', target: '372' }, 26);
    await expect.poll(() => resultsAt(shim)).toHaveLength(6);
    const [unavailable, noCall] = [0x8000_0049, 0x8000_0018];
    expect(resultsAt(shim).map(({ status }) => status)).toEqual([...Array(5).fill(unavailable), noCall]);
    expect(pbx.told).toEqual([]);
  });

  it('makes a call without a number and dials it afterwards', async () => {
    await shim.send({ kind: 'makeCallPart', line: anna, target: '' }, 31);
    await expect.poll(() => resultsAt(shim)).toHaveLength(1);
    const call = resultsAt(shim)[0]?.call ?? 0;
    await shim.send({ kind: 'commandNumber', call, verb: 'dialPart', target: '8' }, 32);
    await shim.send({ kind: 'commandNumber', call, verb: 'dial', target: '32' }, 33);
    await expect.poll(() => pbx.told).toEqual(['dial anna 832']);
    await pbx.last.succeed();
    await expect.poll(() => resultsAt(shim).map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(shim.kinds.filter((kind) => kind === 'result' || kind === 'call').slice(0, 2)).toEqual([
      'result',
      'call',
    ]);
  });

  it('transfers after asking, redirects and sends digits where the PBX can', async () => {
    adapter.event({ type: 'users', users: [user('anna', '370', able)] });
    channel('SIP/a-1', 'busy');
    channel('SIP/a-2', 'ringing');
    await expect.poll(() => callsAt(shim).map(({ state }) => state)).toHaveLength(3);
    const [call = 0, ringing = 0] = [...new Set(callsAt(shim).map((seen) => seen.call))];
    await shim.send({ kind: 'commandNumber', call: ringing, verb: 'redirect', target: '372' }, 51);
    await shim.send({ kind: 'generateDigits', call, digits: '1', duration: 100 }, 52);
    await shim.send({ kind: 'setupTransfer', call, target: '832' }, 53);
    await expect.poll(() => pbx.told).toHaveLength(3);
    for (const command of pbx.commands) await command.succeed();
    await expect.poll(() => resultsAt(shim)).toHaveLength(3);
    const consultation = resultsAt(shim).at(-1)?.call ?? 0;
    channel('SIP/a-3', 'busy', { direction: 'outbound', call: consultation });
    channel('SIP/a-1', 'held');
    await expect.poll(() => callsAt(shim).at(-1)).toMatchObject({ call, relatedCall: consultation });
    await shim.send({ kind: 'commandPair', call, verb: 'completeTransfer', other: consultation }, 54);
    await expect.poll(() => pbx.told.at(-1)).toBe('completeTransfer anna SIP/a-1 SIP/a-3');
    await pbx.last.succeed();
    await expect.poll(() => resultsAt(shim).map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  });

  it('takes over what rings in its own pickup group', async () => {
    const offer = { user: 'anna', target: '380', targetName: '', caller: party('0111') };
    adapter.event({ type: 'pickupOffered', offer });
    await shim.send({ kind: 'pickupGroup', line: anna, group: '' }, 41);
    await expect.poll(() => pbx.told).toEqual(['pickup anna 380']);
  });
});

describe('the state', () => {
  it('tells sessions, lines and shims', async () => {
    expect(companion.state.getState()).toMatchObject({
      sessions: { acme: { state: 'online', resumed: false } },
      lines: { 'acme/anna': { extension: '370', inService: true }, 'acme/bob': {} },
      shims: 1,
    });
    const second = await connectShim();
    expect(companion.state.getState().shims).toBe(2);
    await second.hangUp();
    await expect.poll(() => companion.state.getState().shims).toBe(1);
  });

  it('changes once with all the lines of an account, however many they are', async () => {
    const users = Array.from({ length: 2_000 }, (_, n) => user(`u${n}`, `${n}`));
    addComing('large');
    let changes = 0;
    const unsubscribe = companion.state.subscribe(({ lines }, before) => {
      if (lines !== before.lines) changes += 1;
    });
    adapter.event({ type: 'users', users });
    session('online');
    expect(changes).toBe(2);
    expect(companion.state.getState().lines['large/u1999']).toMatchObject({ inService: true });
    await companion.removeAccount('large');
    unsubscribe();
    expect(changes).toBe(3);
    expect(Object.keys(companion.state.getState().lines)).toEqual(['acme/anna', 'acme/bob']);
  });

  it('has a line before its first call', () => {
    const seen: boolean[] = [];
    const unsubscribe = companion.state.subscribe(({ calls, lines }) => {
      for (const { line } of Object.values(calls)) seen.push(line in lines);
    });
    channel('SIP/a-1', 'ringing');
    unsubscribe();
    expect(seen).toEqual([true]);
  });

  it('tells pickups on offer, by account, and none that a lost session left behind', () => {
    const first = adapter;
    const offer = { user: 'anna', target: '371', targetName: 'Bob', caller: party('0991') };
    first.event({ type: 'pickupOffered', offer });
    first.event({ type: 'pickupOffered', offer: { ...offer, caller: party('0777') } });
    addAccount('branch');
    adapter.event({ type: 'pickupOffered', offer });
    const offers = () => companion.state.getState().offers.map((o) => `${o.account} ${o.caller.number}`);
    expect(offers()).toEqual(['acme 0777', 'branch 0991']);
    first.event({ type: 'pickupGone', user: 'anna', target: '371' });
    expect(offers()).toEqual(['branch 0991']);
    session('waiting');
    session('resumed');
    expect(offers(), 'nothing was missed').toEqual(['branch 0991']);
    session('waiting');
    session('online');
    expect(offers()).toEqual([]);
    adapter.event({ type: 'pickupOffered', offer });
    session('stopped');
    expect(offers()).toEqual([]);
  });
});

describe('hints of a PBX', () => {
  const text = { en: 'No HANGUP came.', de: 'Es kam kein HANGUP.' };
  const tell = (code: string, subject = ''): void =>
    adapter.event({ type: 'hint', hint: { code, subject, what: text, why: text, todo: text } });
  const hints = (): string[] =>
    (companion.state.getState().hints['acme'] ?? []).map(({ code, subject }) => `${code} ${subject}`.trim());

  it('are kept once each while the session lasts, and stand in the trace', () => {
    tell('noHangup', 'PJSIP/831');
    tell('noHangup', 'PJSIP/831');
    tell('noHangup', 'PJSIP/832');
    session('waiting');
    expect(hints()).toEqual(['noHangup PJSIP/831', 'noHangup PJSIP/832']);
    expect(companion.trace.entries().filter(({ label }) => label === 'hint noHangup')).toHaveLength(3);
    session('connecting');
    expect(hints()).toEqual([]);
    tell('rights');
    session('online');
    expect(hints(), 'told while signing in').toEqual(['rights']);
    session('stopped');
    expect(companion.state.getState().hints).toEqual({});
  });

  it('are bounded: the first ones are kept', () => {
    for (let n = 0; n < MAX_HINTS + 5; n += 1) tell(`code${n}`);
    expect(hints()).toHaveLength(MAX_HINTS);
    expect(hints().at(-1)).toBe(`code${MAX_HINTS - 1}`);
  });
});

describe('TAPI-4: a command right after the start', () => {
  const known = { type: 'users', users: [user('anna', '370')] } as const;
  beforeEach(async () => {
    await companion.removeAccount('acme');
  });

  it('waits for account, line and session, in this order, and then goes out', async () => {
    await shim.send({ kind: 'makeCall', line: anna, target: '832' }, 7);
    await expect.poll(() => shimHeard('makeCall')).toBe(true);
    const coming = addComing('acme');
    adapter.event(known);
    expect(coming.told).toEqual([]);
    session('online');
    expect(coming.told).toEqual(['dial anna 832']);
    await coming.last.succeed();
    await expect.poll(() => resultsAt(shim)).toMatchObject([{ status: 0 }]);
  });

  it('fails with a reason, once, when nobody signs in in time', async () => {
    const dialled = companion.dial('acme/anna', '832');
    const coming = addComing('acme');
    clock.advance(EARLY_COMMAND_MS);
    expect(await dialled).toEqual({ ok: false, error: 'resourceUnavailable' });
    adapter.event(known);
    session('online');
    expect(coming.told).toEqual([]);
  });

  it.each([
    ['the sign-in fails', () => session('stopped')],
    ['the companion ends', () => companion.stop()],
  ])('fails at once when %s', async (_, end) => {
    addComing('acme');
    const dialled = companion.dial('acme/anna', '832');
    await end();
    expect(await dialled).toEqual({ ok: false, error: 'resourceUnavailable' });
  });

  it('about a line that the account does not have fails when that is known', async () => {
    const dialled = companion.dial('acme/carl', '832');
    addComing('acme');
    adapter.event(known);
    expect(await dialled).toEqual({ ok: false, error: 'resourceUnavailable' });
    expect(await companion.dial('acme/carl', '832')).toEqual({ ok: false, error: 'invalidLineHandle' });
  });
});

describe('accounts', () => {
  it('are all asked to look after their sessions when the machine or the network has come back', () => {
    const branch = addAccount('branch');
    companion.check();
    expect([pbx.checked, branch.checked]).toEqual([1, 1]);
  });

  it('of two PBXs have lines and calls of their own, even for the same user', async () => {
    const branch = addAccount('branch');
    channel('SIP/a-1', 'ringing');
    const [call] = Object.values(companion.state.getState().calls);
    expect(call?.line).toBe('branch/anna');
    void companion.drop(call?.id ?? 0);
    expect(branch.told).toEqual(['hangup anna SIP/a-1']);
    expect(pbx.told).toEqual([]);
  });

  it('cannot be added twice', () => {
    expect(() => addAccount('acme')).toThrow('there already');
  });

  it('that are removed end their calls and take their lines along, at the shims too', async () => {
    channel('SIP/a-1', 'ringing');
    await companion.removeAccount('acme');
    expect(pbx.stopped).toBe(1);
    expect(companion.state.getState()).toMatchObject({ lines: {}, calls: {} });
    await expect.poll(() => shim.kinds.filter((kind) => kind === 'lineGone')).toHaveLength(2);
    expect(callsAt(shim).at(-1)?.state).toBe(1);
    adapter.event({ type: 'users', users: [user('anna', '370')] });
    expect(companion.state.getState().lines, 'what comes late means nothing').toEqual({});
  });
});

describe('the end', () => {
  it('ends the calls, puts the lines out of service and closes the link; no line is taken back', async () => {
    channel('SIP/a-1', 'ringing');
    await companion.stop();
    await expect.poll(() => shim.closed).toBe(true);
    expect(pbx.stopped).toBe(1);
    expect(callsAt(shim).map(({ state }) => state)).toEqual([2, 0x4000, 1]);
    expect(shim.kinds).not.toContain('lineGone');
    const lines = shim.received.flatMap(({ message }) => (message?.kind === 'line' ? [message] : []));
    expect(lines.slice(-2).map(({ inService }) => inService)).toEqual([false, false]);
    expect(companion.state.getState().shims).toBe(0);
    await companion.stop();
  });
});

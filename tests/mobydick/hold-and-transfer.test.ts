/** What can be done with a call that is there, from a program's verb to the PBX's phones and back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Call, isEnded } from '../../app/calls/call.ts';
import { features } from '../../app/calls/features.ts';
import { type Clock, systemClock } from '../../app/clock.ts';
import { HOLD_SETTLE_MS } from '../../app/companion/deadlines.ts';
import { Companion } from '../../app/companion.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import {
  type SimulatedUser,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/simulator.ts';
import { ANNA, BEN, SHORT } from './signed-in.ts';

let simulator: Simulator;
let companion: Companion;
/** Every state of Anna's calls, in their order. */
let states: string[];

/** The time for a report of a hold passes faster: nothing else may depend on it. */
const clock: Clock = {
  now: systemClock.now,
  after: (ms, act) => systemClock.after(ms === HOLD_SETTLE_MS ? 300 : ms, act),
};

async function start(options: Partial<SimulatorOptions> = {}, anna: SimulatedUser = ANNA) {
  simulator = await startSimulator({ users: [anna, BEN], ...options });
  companion = new Companion({ clock, random32: () => 1, version: '0.0.1' });
  states = [];
  companion.trace.follow(({ leg, label }) => {
    if (leg === 'core' && /^[A-Z]+( |$)/.test(label)) states.push(label);
  });
  companion.addAccount({
    key: 'pbx',
    pbxName: 'PBX',
    connect: (listener) =>
      createMobydick(
        {
          host: '127.0.0.1',
          port: simulator.port,
          domain: 'mobydick',
          user: anna.name,
          password: async () => anna.password,
          pinnedCertificate: simulator.fingerprint,
          resource: 'tapline',
        },
        listener,
        systemPorts('0.0.1'),
        SHORT,
      ),
  });
  await until(() => companion.state.getState().sessions['pbx']?.state === 'online' || undefined);
}

beforeEach(() => start());
afterEach(stop);

async function stop(): Promise<void> {
  await companion.stop();
  await simulator.close();
}

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let waited = 0; waited < 10_000; waited += 5) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(5);
  }
  throw new Error(`not seen; states so far: ${states.join(', ')}`);
}

const calls = (): Call[] => Object.values(companion.state.getState().calls);
const inState = (state: string) => until(() => calls().find(({ status }) => status.state === state));
const offered = (call: Call) => [...features(call)].sort();

/** How often the hold key was pressed. */
const pressed = () =>
  companion.trace.entries().filter(({ direction, label }) => direction === 'out' && label === 'phone.Hold')
    .length;

/** A customer is on the line with Anna. */
async function talking(): Promise<Call> {
  simulator.exchange.outside.call('0991234', 'Otto', '340');
  simulator.exchange.answer('Anna');
  return inState('connected');
}

describe('a hold', () => {
  it('presses the key of the phone, and is done when the PBX says that the call is held', async () => {
    const call = await talking();
    expect(offered(call)).toEqual(['blindTransfer', 'drop', 'hold']);
    expect(await companion.hold(call.id)).toEqual({ ok: true, call: call.id });
    expect(simulator.exchange.channels('Anna')[0]?.state).toBe('held');
    expect(offered(await inState('onHold'))).toEqual(['drop', 'unhold']);
    expect(await companion.hold(call.id), 'the key would take it back').toMatchObject({
      error: 'invalidCallState',
    });
    expect(await companion.unhold(call.id)).toEqual({ ok: true, call: call.id });
    expect(simulator.exchange.channels('Anna')[0]?.state).toBe('talking');
  });

  it('works where the event comes before the answer', async () => {
    await stop();
    await start({ replyOrder: 'event-first' });
    const { id } = await talking();
    expect(await companion.hold(id)).toEqual({ ok: true, call: id });
    expect(await companion.unhold(id)).toEqual({ ok: true, call: id });
    expect(states).toEqual(['OFFERING active', 'CONNECTED active', 'ONHOLD', 'CONNECTED active']);
  });

  it('at the phone itself is seen, and the next verb is its end', async () => {
    const { id } = await talking();
    simulator.exchange.toggleHold('Anna');
    expect(offered(await inState('onHold'))).toContain('unhold');
    expect(await companion.unhold(id)).toEqual({ ok: true, call: id });
  });

  it('that the phone ignores fails, and no key is pressed again', async () => {
    await stop();
    await start({ exchange: { holdKey: 'dead' } });
    const { id } = await talking();
    expect(await companion.hold(id)).toEqual({ ok: false, error: 'operationFailed' });
    expect(calls()[0]?.status.state).toBe('connected');
    expect(pressed()).toBe(1);
  });

  it('that the phone cannot undo is told so, and the call stays held', async () => {
    await stop();
    await start({ exchange: { holdKey: 'holds' } });
    const { id } = await talking();
    expect(await companion.hold(id)).toEqual({ ok: true, call: id });
    expect(await companion.unhold(id)).toEqual({ ok: false, error: 'operationFailed' });
    expect(calls()[0]?.status.state).toBe('onHold');
    expect(pressed()).toBe(2);
  });

  it('that the PBX does not answer fails', async () => {
    const { id } = await talking();
    simulator.faults.goSilent('online');
    expect(await companion.hold(id)).toEqual({ ok: false, error: 'operationFailed' });
    expect(pressed()).toBe(1);
  });

  it('is absent on a phone that has no such key', async () => {
    await stop();
    await start({}, { ...ANNA, capabilities: ['dial', 'hangup', 'offhook'] });
    const call = await talking();
    expect(offered(call)).toEqual(['blindTransfer', 'drop']);
    expect([...(companion.state.getState().lines['pbx/anna']?.verbs ?? [])]).not.toContain('hold');
    expect(await companion.hold(call.id)).toMatchObject({ error: 'operationUnavailable' });
  });

  it('is withheld while a second call is at the phone', async () => {
    const call = await talking();
    simulator.exchange.outside.call('0997777', 'Zoe', '340');
    await inState('offering');
    expect(offered(calls().find(({ id }) => id === call.id) ?? call)).toEqual(['blindTransfer', 'drop']);
    simulator.exchange.outside.hangUp('0997777');
    await until(() => (calls().length === 1 ? true : undefined));
    expect(calls().map(offered)).toEqual([['blindTransfer', 'drop', 'hold']]);
  });
});

describe('a blind transfer', () => {
  it('sends the caller to a colleague, whose phone rings, and ends the call here', async () => {
    const { id } = await talking();
    expect(await companion.blindTransfer(id, '341')).toEqual({ ok: true, call: id });
    await until(() => (calls().some((call) => !isEnded(call)) ? undefined : true));
    expect(states.slice(-2)).toEqual(['DISCONNECTED normal', 'IDLE']);
    expect(simulator.exchange.channels('ben')).toMatchObject([
      { state: 'ringing', peer: { number: '0991234' } },
    ]);
  });

  it('that the PBX refuses leaves the two talking', async () => {
    const { id } = await talking();
    expect(await companion.blindTransfer(id, 'nobody')).toEqual({ ok: false, error: 'operationFailed' });
    expect(calls()[0]?.status.state).toBe('connected');
    expect(simulator.exchange.channels('Anna')).toHaveLength(1);
  });
});

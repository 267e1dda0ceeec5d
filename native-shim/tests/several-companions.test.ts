/** Companions of several Windows sessions; a socket's name carries its session as a pipe's does. */
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { callOf, FakeCompanion, lineOf } from './fake-companion.ts';
import type { Host } from './host.ts';
import { type Scene, test as sceneTest } from './scene.ts';
import { CONNECTED, OPERATIONFAILED, RESOURCEUNAVAIL } from './tapi-values.ts';

const OUTOFSERVICE = 0x80;

/** How long a TSPI function may take, in µs, whatever its companion does. */
const AT_ONCE_US = 1_000_000;

/** The service in session 0, Anna in session 1 and Bob in session 2; who listens is there. */
class House {
  readonly service = new FakeCompanion();
  readonly anna = new FakeCompanion();
  readonly bob = new FakeCompanion();
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.bob.snapshot = [lineOf(842)];
  }

  socket(session: number): string {
    return join(this.#scene.folder, `link.${session}`);
  }

  /** Starts a host with Anna's line open. */
  async startWithAnna(): Promise<Host> {
    await this.anna.listen(this.socket(1));
    const host = this.#scene.startHost({}, [0, 1, 2].map((session) => this.socket(session)).join(':'));
    expect(await host.openLine()).toMatchObject({ result: '0x0' });
    await this.anna.next('lineOpened');
    return host;
  }

  async expectCleanEnd(): Promise<void> {
    await this.#scene.expectCleanEnd();
  }

  async close(): Promise<void> {
    for (const companion of [this.service, this.anna, this.bob]) await companion.die();
  }
}

const test = sceneTest.extend<{ house: House }>({
  house: async ({ bareScene }, use) => {
    const house = new House(bareScene);
    await use(house);
    await house.close();
  },
});

/** How often the line's programs were told that it is out of service. */
const outages = (host: Host): number =>
  host.lines.all.filter((line) => line['message'] === 'LINE_LINEDEVSTATE' && line['p1'] === OUTOFSERVICE)
    .length;

const count = (companion: FakeCompanion, kind: string): number =>
  companion.received.all.filter(({ message }) => message.kind === kind).length;

describe('several companions', () => {
  test('publish their lines side by side, and only the line’s own one hears of it', async ({ house }) => {
    const { anna, bob } = house;
    const host = await house.startWithAnna();
    await bob.listen(house.socket(2));
    await host.next('lineCreate');
    await host.run('makecall 21 900');
    const request = await anna.next('makeCall');
    anna.answer(request.request, 0, 71);
    await host.next('completion', { request: 21, result: '0x0' });
    bob.say(lineOf(842, { name: 'Bob' }));
    bob.say(callOf(71, CONNECTED, { mode: 1, line: 831 }));
    anna.say(callOf(71, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(host.lines.all.filter((line) => line['state'] === 'CONNECTED')).toHaveLength(1);
    expect([count(bob, 'lineOpened'), count(bob, 'makeCall'), count(bob, 'report')]).toEqual([0, 0, 0]);
    await house.expectCleanEnd();
  });

  test('take their own lines with them when they are lost', async ({ house }) => {
    const { anna, bob } = house;
    const host = await house.startWithAnna();
    await bob.listen(house.socket(2));
    await host.next('lineCreate');
    await bob.die();
    await host.linkClosed();
    await host.run('makecall 22 900');
    expect((await anna.next('makeCall')).message.target).toBe('900');
    await bob.listen(house.socket(2));
    await bob.next('hello');
    await bob.next('hello');
    await anna.die();
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: OUTOFSERVICE });
    expect(outages(host)).toBe(1);
    await house.expectCleanEnd();
  }, 20_000);

  test('with the same line: the service wins it from a user, who is told and gets it back', async ({
    house,
  }) => {
    const { anna, service } = house;
    const host = await house.startWithAnna();
    anna.say(callOf(5, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    anna.snapshot = [lineOf(831), callOf(5, CONNECTED, { mode: 1 })];
    service.snapshot = [lineOf(831, { name: 'Jan at the service' }), callOf(9, CONNECTED, { mode: 1 })];
    await service.listen(house.socket(0));
    await host.state('DISCONNECTED');
    await host.state('IDLE');
    await host.state('CONNECTED');
    expect(await host.run('callinfo c2')).toMatchObject({ callId: 9 });
    const ignored = await anna.received.take(
      ({ message }) => message.kind === 'report' && message.what === 'ignored',
      'a report that Anna is ignored',
    );
    expect(ignored.message).toMatchObject({ line: 831, message: 0 });
    await host.run('makecall 23 900');
    await service.next('makeCall');
    expect(count(anna, 'makeCall')).toBe(0);
    await service.die();
    await anna.next('hello');
    await host.state('CONNECTED');
    await host.run('makecall 24 901');
    expect((await anna.next('makeCall')).message.target).toBe('901');
    expect(anna.connections).toBe(2);
    expect(outages(host)).toBe(0);
    expect(host.lines.all.filter((line) => line.kind === 'lineRemove')).toEqual([]);
    await house.expectCleanEnd();
  }, 20_000);

  test('with the same line: the older link keeps it, and gives it up with lineGone alone', async ({
    house,
  }) => {
    const { anna, bob } = house;
    const host = await house.startWithAnna();
    bob.snapshot = [lineOf(831)];
    await bob.listen(house.socket(2));
    const ignored = await bob.received.take(
      ({ message }) => message.kind === 'report' && message.what === 'ignored',
      'a report that Bob is ignored',
    );
    expect(ignored.message).toMatchObject({ line: 831, message: 1 });
    bob.say({ kind: 'lineGone', line: 831 });
    bob.say(lineOf(831));
    await bob.received.take(({ message }) => message.kind === 'report', 'a second report');
    anna.say({ kind: 'lineGone', line: 831 });
    await bob.next('lineOpened');
    await host.run('makecall 25 900');
    await bob.next('makeCall');
    expect(host.lines.all.filter((line) => line.kind === 'lineRemove')).toEqual([]);
    await house.expectCleanEnd();
  }, 20_000);

  test('of different protocols are each spoken to in their own', async ({ house }) => {
    const { anna, bob } = house;
    const host = await house.startWithAnna();
    bob.protocol = 1;
    bob.snapshot = [lineOf(831)];
    await bob.listen(house.socket(2));
    await bob.next('hello');
    anna.say(callOf(5, CONNECTED, { mode: 1, features: 0x880 }));
    await host.state('CONNECTED');
    await host.run('hold 26 c1');
    const hold = await anna.next('command');
    expect(hold.message.verb).toBe('hold');
    anna.answer(hold.request);
    await host.next('completion', { request: 26, result: '0x0' });
    expect(count(bob, 'report'), 'protocol 1 has no word for a line that is ignored').toBe(0);
    await house.expectCleanEnd();
  });
});

describe('a companion that stalls', () => {
  test('lets no function wait, is given up, and holds no other one up', async ({ house }) => {
    const { anna, bob } = house;
    const host = await house.startWithAnna();
    anna.snapshot = [];
    anna.stall();
    let accepted = 0;
    for (let refused = false; !refused; accepted += refused ? 0 : 1) {
      const from = host.lines.all.at(-1)?.us ?? 0;
      const request = accepted + 1;
      const { result, us } = await host.run(`makecall ${request} ${'9'.repeat(500)}`);
      refused = result !== `0x${request.toString(16)}`;
      if (refused) expect(result, 'the queue is full').toBe(RESOURCEUNAVAIL);
      expect(us - from).toBeLessThan(AT_ONCE_US);
    }
    expect(await host.run('linestatus')).toMatchObject({ inService: true });
    await bob.listen(house.socket(2));
    await host.next('lineCreate');
    // Shown by its loss: what was on its way completes, and the companion is looked for again.
    await host.traced.take((line) => line.includes('does not answer in time'), 'the link to be given up');
    await host.next('completion', { request: accepted, result: OPERATIONFAILED });
    await host.run('makecall 9000 900');
    await host.next('completion', { request: 9000, result: RESOURCEUNAVAIL });
    await house.expectCleanEnd();
  }, 60_000);
});

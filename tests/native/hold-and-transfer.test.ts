import { expect, it } from 'vitest';
import type { HostProcess } from '../../tools/rig/host-process.ts';
import { ANNA, BEN, Rig } from '../../tools/rig/rig.ts';

/** The one completion of a request. */
const completion = (host: HostProcess, request: number) =>
  host.log.wait(
    `the completion of ${request}`,
    (line) => line.kind === 'completion' && line['request'] === request,
    10_000,
  );

it('holds a call, takes it back and sends it to a colleague, as a TAPI program asks', async () => {
  const rig = await Rig.start('native');
  await rig.startCompanion();
  await rig.signIn();
  const host = await rig.startHost();
  await rig.openLine();
  // ACCEPT, ANSWER, BLINDTRANSFER, DIAL, DROP, HOLD and UNHOLD of the companion; MONITORMEDIA is the DLL's own.
  expect(await host.command('addresscaps')).toMatchObject({
    callFeatures: '0x80028cd',
    transferModes: '0x0',
  });
  const { exchange } = rig.pbx;
  exchange.outside.call('0891234567', 'Zoë', ANNA.extension);
  await host.state('OFFERING', 0);
  await host.command('accept 1 last');
  await host.state('ACCEPTED', 0);
  await host.command('answer 2 last');
  await host.state('CONNECTED', 0);

  await host.command('hold 3 last');
  expect(await completion(host, 3)).toMatchObject({ result: '0x0' });
  await host.state('ONHOLD', 0);
  expect(await host.command('callstatus last')).toMatchObject({ state: 'ONHOLD', features: '0x8002080' });
  expect(exchange.channels(ANNA.name)).toMatchObject([{ state: 'held' }]);
  const held = host.log.entries.length;
  await host.command('unhold 4 last');
  expect(await completion(host, 4)).toMatchObject({ result: '0x0' });
  await host.state('CONNECTED', held);

  await host.command(`blindtransfer 5 last ${BEN.extension}`);
  expect(await completion(host, 5)).toMatchObject({ result: '0x0' });
  await host.state('IDLE', 0);
  expect(exchange.channels(BEN.name)).toMatchObject([{ state: 'ringing', peer: { number: '0891234567' } }]);
  expect(exchange.channels(ANNA.name)).toEqual([]);

  const states = host.log.entries.filter((line) => line['message'] === 'LINE_CALLSTATE');
  expect(states.map((line) => line['state'])).toEqual([
    'OFFERING',
    'ACCEPTED',
    'CONNECTED',
    'ONHOLD',
    'CONNECTED',
    'DISCONNECTED',
    'IDLE',
  ]);
  await host.command('closecall last');
  expect(await rig.stop()).toBe(0);
});

it('dials a number that comes in parts, and takes over what rings in the pickup group', async () => {
  const rig = await Rig.start('native');
  await rig.startCompanion();
  await rig.signIn();
  const host = await rig.startHost();
  await rig.openLine();
  const { exchange } = rig.pbx;
  await host.command('maketone 1');
  expect(await completion(host, 1)).toMatchObject({ result: '0x0' });
  await host.state('DIALTONE', 0);
  await host.command('dial 2 last 08;');
  await host.state('DIALING', 0);
  expect(exchange.channels(ANNA.name)).toEqual([]);
  await host.command('dial 3 last 97777');
  expect(await completion(host, 3)).toMatchObject({ result: '0x0' });
  await host.state('RINGBACK', 0);
  expect(exchange.channels(ANNA.name)).toMatchObject([{ peer: { number: '0897777' } }]);
  await host.command('drop 4 last');
  await host.state('IDLE', 0);
  await host.command('closecall last');

  const before = host.log.entries.length;
  exchange.outside.call('0891234567', 'Zoë', BEN.extension);
  // The offer comes to the companion on another way than the program's request.
  await rig.companion?.control.report(
    'trace',
    ({ entry }) => entry.label.startsWith('base.PickupEvent ringing'),
    5_000,
  );
  await host.command('pickupgroup 5 own');
  expect(await completion(host, 5)).toMatchObject({ result: '0x0' });
  await host.state('CONNECTED', before);
  expect(exchange.channels(BEN.name)).toEqual([]);
  await host.command('drop 6 last');
  await host.state('IDLE', before);
  await host.command('closecall last');
  expect(await rig.stop()).toBe(0);
});

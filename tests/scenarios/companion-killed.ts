import { expect } from 'vitest';
import type { Where } from '../../tools/rig/companion-process.ts';
import { ANNA, Rig } from '../../tools/rig/rig.ts';

/** The line's grace after the link is lost (native-shim/shim/constants.h), and room for a slow machine, in ms. */
const SERVICE_MS = 15_000;
/** LINEDEVSTATE_ values (tapi.h). */
const IN_SERVICE = 0x40;
const OUT_OF_SERVICE = 0x80;

/**
 * The companion dies in a call: the program sees the call end, the line leaves service after its grace, and both come
 * back with the next companion.
 */
export async function companionKilled(where: Where): Promise<void> {
  const rig = await Rig.start(where);
  const companion = await rig.startCompanion();
  await rig.signIn();
  const host = await rig.startHost();
  await rig.openLine();
  rig.pbx.exchange.outside.call('0891234567', 'Zoë', ANNA.extension);
  await host.state('OFFERING', 0);
  rig.pbx.exchange.answer(ANNA.name);
  await host.state('CONNECTED', 0);

  await companion.kill();
  await host.state('IDLE', 0);
  const ended = host.log.entries.filter((line) => line['message'] === 'LINE_CALLSTATE').slice(-2);
  expect(ended.map((line) => line['state'])).toEqual(['DISCONNECTED', 'IDLE']);
  await host.command('closecall last');
  await host.log.wait('the line out of service', (line) => service(line) === OUT_OF_SERVICE, SERVICE_MS);

  const before = host.log.entries.length;
  await rig.startCompanion();
  await rig.signIn();
  await host.log.wait('the line in service', (line) => service(line) === IN_SERVICE, SERVICE_MS, before);
  rig.pbx.exchange.outside.hangUp('0891234567');
  rig.pbx.exchange.outside.call('0897654321', 'Yan', ANNA.extension);
  await host.state('OFFERING', before);
  rig.pbx.exchange.outside.hangUp('0897654321');
  await host.state('IDLE', before);
  await host.command('closecall last');
  expect(await rig.stop()).toBe(0);
}

const service = (line: { readonly [field: string]: unknown }): unknown =>
  line['message'] === 'LINE_LINEDEVSTATE' && [IN_SERVICE, OUT_OF_SERVICE].includes(Number(line['p1']))
    ? line['p1']
    : undefined;

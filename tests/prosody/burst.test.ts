import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { createMobydick } from '../../app/pbx/mobydick/mobydick.ts';
import { systemPorts } from '../../app/pbx/mobydick/ports.ts';
import type { Pbx, PbxEvent } from '../../app/pbx/port.ts';
import { ANNA, accountAt } from '../mobydick/signed-in.ts';
import { PATIENCE } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

const EVENTS = 100_000;
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = () => {
  collect();
  return process.memoryUsage().heapUsed;
};

let server: Prosody;
let pbx: Pbx | undefined;
afterEach(async () => {
  await pbx?.stop();
  await server.close();
});

it(`a burst of ${EVENTS} ChannelEvents is told whole and in order, in bounded memory`, async () => {
  server = await startProsody({ users: [ANNA], streamManagement: false });
  let online = 0;
  let lost = 0;
  let told = 0;
  let outOfOrder = 0;
  let others = 0;
  let largest = 0;
  const event = (news: PbxEvent) => {
    if (news.type === 'session') {
      if (news.session.state === 'online') online += 1;
      if (news.session.state === 'waiting') lost += 1;
    } else if (news.type === 'channel') {
      told += 1;
      if (news.report.channel !== `SIP/burst-${String(told).padStart(8, '0')}`) outOfOrder += 1;
      if (news.report.caller.name !== 'Käthe Müller') others += 1;
      if (told % 10_000 === 0) largest = Math.max(largest, heap());
    }
  };
  pbx = createMobydick(accountAt(server, ANNA), { event, trace: () => {} }, systemPorts('0.0.1'));
  pbx.start();
  await expect.poll(() => online, PATIENCE).toBe(1);
  const before = heap();
  await server.pbx.burst('anna', EVENTS);
  await expect.poll(() => told, { timeout: 100_000, interval: 100 }).toBe(EVENTS);
  expect({ online, lost, outOfOrder, others }).toEqual({ online: 1, lost: 0, outOfOrder: 0, others: 0 });
  expect(Math.max(largest, heap()) - before).toBeLessThan(32 * MB);
  expect(await pbx.dial('Anna', '0891', 1)).toEqual({ ok: true });
}, 120_000);

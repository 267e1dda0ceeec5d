import { afterEach, beforeEach, expect, it } from 'vitest';
import { ANNA, signedIn, type Told } from '../mobydick/signed-in.ts';
import { PATIENCE } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
let told: Told;
beforeEach(async () => {
  server = await startProsody({ users: [ANNA], streamManagement: false });
  told = await signedIn(server, ANNA);
});
afterEach(async () => {
  await told.pbx.stop();
  await server.close();
});

const phones = () =>
  told.events.flatMap((event) => (event.type === 'phone' ? [`${event.user} ${event.phone}`] : []));

it('is told how the phone stands, at each change and after each sign-in', async () => {
  for (const state of ['inCall', 'free', 'absent'] as const) await server.pbx.phone('anna', state);
  const changes = ['Anna free', 'Anna inCall', 'Anna free', 'Anna absent'];
  await expect.poll(phones, PATIENCE).toEqual(changes);
  await server.kill();
  await server.start();
  await told.untilState('online', 2);
  await expect.poll(phones, PATIENCE).toEqual([...changes, 'Anna free']);
});

it('reads the calls that are over in the journal', async () => {
  const began = 1_700_000_000_000;
  const call = { inbound: 'true', number: '0991234', duration: '62', connected: '57', result: 'hangup' };
  await server.pbx.journal('anna', [
    { ...call, id: '1', timestamp: String(began) },
    { ...call, id: '2', timestamp: String(began - 1) },
    { id: '3', timestamp: String(began + 5_000), inbound: 'false', number: '0892', duration: '3' },
  ]);
  expect(await told.pbx.endedCalls('Anna', began)).toEqual([
    { direction: 'inbound', number: '0991234', began, lasted: 62_000 },
    { direction: 'outbound', number: '0892', began: began + 5_000, lasted: 3_000 },
  ]);
});

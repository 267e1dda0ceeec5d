/** The user sits down at another desk while signed in, and leaves it: location.SetLocation. */
import { beforeEach, expect, it } from 'vitest';
import type { PbxEvent } from '../../app/pbx/port.ts';
import { endingAll, online, scriptedServer } from './rig.ts';
import { channelEvent, cmd, message, type ScriptedServer } from './scripted-server.ts';
import { ANNA, isReport, type Told } from './signed-in.ts';

let server: ScriptedServer;
let told: Told;
endingAll();
beforeEach(async () => {
  server = await scriptedServer();
  told = await online(server, ANNA);
});

const phone = (name: string, keys: string) =>
  `<DeviceEntry><Phonedevice name="${name}" type="x"><capabilities>${keys}</capabilities></Phonedevice></DeviceEntry>`;
const OWN = `<Location name="Anna" isstatic="true" username="">${phone('SIP anna', '<offhook/><hold/>')}</Location>`;
const DESK = `<Location name="Desk 2" isstatic="false" username="">${phone('Snom [2]', '<dial/><offhook/>')}</Location>`;
const located = (eventType: string, places: string, also = '') =>
  message(
    cmd(
      'base',
      `<SetLocation eventType="${eventType}" eventId=""><LocationList>${places}</LocationList></SetLocation>`,
    ) + also,
  );

const introductions = () =>
  told.events.flatMap((event) =>
    event.type === 'users' ? event.users.map(({ phone, abilities }) => ({ phone, abilities })) : [],
  );
const isPhone =
  (name: string) =>
  (event: PbxEvent): event is PbxEvent & { type: 'users' } =>
    event.type === 'users' && event.users[0]?.phone === name;

/** Something rings, and the companion answers. @returns what the server heard then */
async function answered(channel: string): Promise<string> {
  const before = server.heard().length;
  await server.say(message(channelEvent('ringing', { eventId: channel })));
  await told.until(isReport('ringing', channel));
  void told.pbx.answer('Anna', channel);
  await expect.poll(() => server.heard().slice(before)).toContain('Offhook');
  return server.heard().slice(before);
}

it('the phone of the desk is told to answer, and its keys are what can be done', async () => {
  await server.say(located('login', OWN + DESK));
  await told.until(isPhone('Snom [2]'));
  expect(introductions().at(-1)?.abilities).toEqual(
    new Set(['dial', 'hangup', 'pickup', 'transfer', 'answer']),
  );
  expect(await answered('SIP/1')).toContain('Snom [2]');
  expect(await told.pbx.hold('Anna', 'SIP/1')).toMatchObject({ ok: false, code: 'unsupported' });
});

it('the own phone is when the desk is left', async () => {
  await server.say(located('login', OWN + DESK), located('logout', OWN));
  await told.until(isPhone('SIP anna'));
  expect(introductions().at(-1)?.abilities).toContain('hold');
  expect(await answered('SIP/2')).toContain('SIP anna');
});

it('what waited for a session that had vanished is old news, and a list that is missing tells nothing', async () => {
  await server.say(
    located('login', DESK, "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>"),
    message(cmd('base', '<SetLocation eventType="logout" eventId=""/>')),
    message(channelEvent('ringing', { eventId: 'SIP/3' })),
  );
  await told.until(isReport('ringing', 'SIP/3'));
  expect(introductions()).toHaveLength(1);
  expect(told.lines.filter(({ label }) => label === 'ignored').map(({ text }) => text)).toEqual([
    'a delayed SetLocation',
    'a SetLocation without its places',
  ]);
});

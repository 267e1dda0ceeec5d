import { afterEach, describe, expect, it } from 'vitest';
import type { RawClient } from '../../simulator/testing/raw-client.ts';
import { channelEvent, message } from '../mobydick/scripted-server.ts';
import { ANNA, BEN, isReport, signedIn, type Told } from '../mobydick/signed-in.ts';
import type { ProsodyOptions } from './configuration.ts';
import type { Bytes } from './control.ts';
import { signInByHand } from './other-client.ts';
import { PATIENCE, reads } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
let told: Told;

async function start(options: Partial<ProsodyOptions> = {}) {
  server = await startProsody({ users: [ANNA, BEN], ...options });
  told = await signedIn(server, ANNA);
}
afterEach(async () => {
  await told.pbx.stop();
  await server.close();
});

const MB = 1024 * 1024;
const ENTITIES = [
  '<!DOCTYPE message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
  '<message from="pbx.mobydick"><body>&b;&b;&b;</body></message>',
].join('');

/** What ends a session: after it nobody knows what the server means. */
const BREAKS: readonly (readonly [string, Bytes])[] = [
  ['closes what was not open', { text: '</message></message>' }],
  ['closes in the wrong order', { text: '<message><body></message></body>' }],
  ['names an entity that XML does not have', { text: '<message><body>&nosuchentity;</body></message>' }],
  ['declares entities of its own', { text: ENTITIES }],
  ['nests without end', { before: '<message>', text: '<a>', times: 100_000 }],
  ['writes an attribute without end', { before: '<message id="', text: 'x'.repeat(1024), times: 2048 }],
  ['writes a text without end', { before: '<message><body>', text: 'x'.repeat(1024), times: 2048 }],
  ['writes a stanza of 9 MB', { before: '<message>', text: `<x>${'y'.repeat(1017)}</x>`, times: 9 * 1024 }],
];

const LOST = [
  'The connection to the server was lost.',
  'The network or the server ended it (during the session).',
  'Tapline tries again by itself; if it stays like this, ask who runs the phone system.',
  'Die Verbindung zum Server ist abgerissen.',
  'Das Netz oder der Server hat sie beendet (während der Sitzung).',
  'Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage.',
].join('\n');

describe('a server that', () => {
  it.each(BREAKS)('%s loses this connection and no more', async (_what, bytes) => {
    await start();
    const before = process.memoryUsage().rss;
    await server.pbx.raw('anna', bytes);
    const waiting = await told.untilState('waiting');
    expect(waiting).toMatchObject({ problem: { code: 'lost', stage: 'online' } });
    expect(reads(waiting)).toBe(LOST);
    await told.untilState('online', 2);
    await server.pbx.event('anna', { eventType: 'ringing', eventId: 'SIP/after', outbound: 'false' });
    await told.until(isReport('ringing', 'SIP/after'));
    expect(told.reports()).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
  });

  it('sends what is large and yet allowed is heard on', async () => {
    // With stream management Prosody would miss this stanza in its own count.
    await start({ streamManagement: false });
    const text = `<x>${'y'.repeat(1017)}</x>`;
    await server.pbx.raw('anna', {
      before: '<message from="pbx.mobydick">',
      text,
      times: 4 * 1024,
      after: '</message>',
    });
    await server.pbx.event('anna', { eventType: 'ringing', eventId: 'SIP/after', outbound: 'false' });
    await told.until(isReport('ringing', 'SIP/after'));
    expect(told.states().at(-1)).toMatchObject({ state: 'online' });
  });
});

describe('another user of the same server', () => {
  let ben: RawClient;
  const bind = async (resource: string) => {
    await start();
    ben = await signInByHand(server, BEN, resource);
  };
  afterEach(() => ben.destroy());

  /** Everything that Ben has sent has arrived when this has. */
  async function trueEvent() {
    ben.send("<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
    await ben.expect(/id='p'/);
    await server.pbx.event('anna', { eventType: 'ringing', eventId: 'SIP/true', outbound: 'false' });
    await told.until(isReport('ringing', 'SIP/true'));
  }
  const forged = (from: string) =>
    message(channelEvent('ringing', { eventId: 'SIP/forged' }), from).replaceAll(
      /from='[^']*'/g,
      from && `from='${from}'`,
    );

  it.each([
    ['in his own name', 'x', forged('')],
    ['in the name of the PBX', 'x', forged('pbx.mobydick')],
    ['from a resource named like the PBX', 'pbx.mobydick', forged('')],
  ])('cannot report a call %s', async (_what, resource, stanza) => {
    await bind(resource);
    ben.send(stanza);
    await trueEvent();
    expect(told.reports().map(({ channel }) => channel)).toEqual(['SIP/true']);
    // It did arrive: that it was not believed is the adapter's doing.
    expect(told.lines.filter(({ label }) => label === 'ignored')).toHaveLength(1);
  });

  it("cannot answer in the PBX's place", async () => {
    await bind('x');
    await server.pbx.mute('Dial', true);
    const result = told.pbx.dial('Anna', '0891', 1);
    await expect.poll(() => told.lines.some(({ label }) => label === 'base.Dial'), PATIENCE).toBe(true);
    const sent = told.lines.find(({ label }) => label === 'base.Dial')?.text ?? '';
    const id = /id="([^"]+)"/.exec(sent)?.[1] ?? '';
    ben.send(
      `<iq type='result' id='${id}' to='anna@mobydick/tapline'><cmd xmlns='http://www.pascom.net/mobydick' ` +
        "module='base'><Success/></cmd></iq>",
    );
    await trueEvent();
    expect(await result).toMatchObject({ ok: false, code: 'unanswered' });
  });

  it("cannot speak for Anna's phone", async () => {
    await bind('phone');
    ben.send("<presence to='anna@mobydick/tapline'><show>dnd</show></presence>");
    await trueEvent();
    const phones = told.events.flatMap((event) => (event.type === 'phone' ? [event.phone] : []));
    expect(phones).toEqual(['free']);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, BEN } from '../mobydick/signed-in.ts';
import { Slixmpp } from './slixmpp.ts';

const CLIENT_INFO =
  '<ClientInfo><os>Debian</os><user>anna</user><AddSubscription>' +
  "<Subscription module='base' type='*' scope='user'/><Subscription module='journal' type='*' scope='user'/>" +
  '</AddSubscription></ClientInfo>';
const OK = '<Success><message>Ok</message></Success>';

let folder: string;
let simulator: Simulator;
let client: Slixmpp | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-slixmpp-'));
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
  await simulator.close();
  rmSync(folder, { recursive: true });
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ users: [ANNA, BEN], ...options });
}
const event = (eventType: string) => (line: { readonly xml?: string }) =>
  line.xml?.includes(`<eventType>${eventType}</eventType>`) ?? false;

it.each(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const)(
  'signs in by %s with a password of umlauts and signs, and works as a telephone',
  async (mechanism) => {
    await start({ xmpp: { mechanisms: [mechanism] } });
    client = new Slixmpp(simulator, { user: 'anna', password: ANNA.password }, { folder });
    expect((await client.expect('session_start')).jid).toBe('anna@mobydick/slixmpp');
    expect(simulator.sessions()).toMatchObject([{ user: 'anna', mechanism, secure: true }]);

    client.presence();
    const phone = (line: { readonly sender?: string }) => line.sender === 'anna@mobydick/phone';
    expect((await client.expect('presence', phone)).xml).not.toContain('<show>');
    expect(await client.command('xmppuser', CLIENT_INFO)).toContain(
      '<db_003use_bez>Anna Müller</db_003use_bez>',
    );

    simulator.exchange.outside.set('0897777', { kind: 'answers' }, 'Käthe');
    expect(await client.command('base', "<Dial target='0897777' prefix='auto'/>")).toContain(OK);
    const ringing = await client.expect('message', event('ringing'));
    expect(ringing.sender).toBe('pbx.mobydick');
    expect(ringing.xml).toContain('<targetName>Käthe</targetName>');
    expect((await client.expect('presence', phone)).xml).toContain('<show>dnd</show>');
    await client.expect('message', event('busy'));
    const [channel] = simulator.exchange.channels('anna');
    expect(await client.command('base', `<Hangup channel='${channel?.id}'/>`)).toContain(OK);
    await client.expect('message', event('hangup'));
    await client.expect('message', ({ xml }) => xml?.includes('<number>0897777</number>') ?? false);
    expect((await client.expect('presence', phone)).xml).not.toContain('<show>');
    expect(await client.command('journal', "<FindOwn limit='1'/>")).toContain('<number>0897777</number>');

    simulator.exchange.setRegistered('anna', false);
    expect((await client.expect('presence', phone)).xml).toContain('type="unavailable"');
  },
);

describe('a login that cannot be', () => {
  const xmpp = { mechanisms: ['SCRAM-SHA-256'] } as const;

  it('is refused for a wrong password', async () => {
    await start({ xmpp });
    client = new Slixmpp(simulator, { user: 'anna', password: 'wrong' }, { folder });
    await client.expect('failed_auth');
    expect(simulator.sessions()).toEqual([]);
  });

  it('is given up by the client where the signature of the server is forged', async () => {
    await start({ xmpp });
    simulator.faults.forgeSignatures();
    client = new Slixmpp(simulator, { user: 'anna', password: ANNA.password }, { folder });
    await client.expect('disconnected');
    expect(client.unread.map(({ event }) => event)).not.toContain('session_start');
    expect(simulator.sessions()).toEqual([]);
  });
});

it('gets an error for what is no command', async () => {
  await start();
  client = new Slixmpp(simulator, { user: 'ben', password: BEN.password }, { folder });
  await client.expect('session_start');
  expect(await client.command('base', '')).toBe('bad-request');
});

it('comes back to a lost session, and hears what happened meanwhile', async () => {
  await start({ xmpp: { streamManagement: true } });
  client = new Slixmpp(simulator, { user: 'anna', password: ANNA.password }, { folder, resume: true });
  await client.expect('session_start');
  await client.command('xmppuser', CLIENT_INFO);
  simulator.exchange.outside.call('0991234', 'Otto', '340');
  await client.expect('message', event('ringing'));
  simulator.faults.cut();
  simulator.exchange.answer('anna');
  await client.expect('disconnected');
  await client.expect('session_resumed');
  await client.expect('message', event('busy'));
  expect(simulator.sessions()).toMatchObject([{ connected: true, resumptions: 1 }]);
  // Nothing came twice: slixmpp had counted the ringing.
  expect(client.unread.filter(({ event }) => event === 'message')).toEqual([]);
});

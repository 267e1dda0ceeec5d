/** The session against a manager interface that says what no real one can be made to say when it is wanted. */
import { afterEach, describe, expect, it } from 'vitest';
import type { AsteriskAccount } from '../../app/pbx/asterisk/account.ts';
import { header } from '../../app/pbx/asterisk/ami/packet.ts';
import {
  type AmiServer,
  type Answer,
  amiServer,
  SILENCE,
  willing,
} from '../../app/pbx/asterisk/testing/ami-server.ts';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import { type Certificate, shortLived } from '../../simulator/mobydick/certificate.ts';
import { openSession, type ToldSession } from './support/session.ts';
import { until } from './support/until.ts';

const SECRET = 'a-secret-of-its-own';

let server: AmiServer | undefined;
let told: ToldSession | undefined;
afterEach(async () => {
  await told?.session.stop();
  await server?.close();
});

async function open(
  answer: Answer,
  { certificate, ...account }: Partial<AsteriskAccount> & { readonly certificate?: Certificate } = {},
  deadlines: Partial<Deadlines> = {},
): Promise<{ server: AmiServer; told: ToldSession }> {
  const opened = await amiServer(answer, certificate);
  server = opened;
  const session = openSession(
    {
      host: '127.0.0.1',
      port: opened.port,
      user: 'tapline',
      secret: async () => SECRET,
      context: 'phones',
      lines: [{ name: 'PJSIP/bob', channel: 'PJSIP/bob', extension: '', person: '' }],
      ...(certificate ? { pinnedCertificate: certificate.fingerprint } : { plainText: true as const }),
      ...account,
    },
    deadlines,
  );
  told = session;
  return { server: opened, told: session };
}

const actionsOf = ({ received }: AmiServer) => received.map((action) => action['Action']);
/** A server that tells of a call that does not come about, sooner than that it tried. */
const tellsProbe: Answer = (action) =>
  action['Action'] === 'Originate'
    ? 'Event: OriginateResponse\nPrivilege: call,all\nActionID: ID\n\nResponse: Success\nActionID: ID'
    : willing(action);
/** One that never does. */
const tellsNothing: Answer = (action) =>
  action['Action'] === 'Originate' ? 'Response: Success' : willing(action);

describe('a sign-in', () => {
  it('proves the secret, asks for the events it needs, and leaves no secret in the trace', async () => {
    const { server, told } = await open(tellsProbe);
    await told.reaches('online');
    expect(actionsOf(server)).toEqual(['Challenge', 'Login', 'ListCommands', 'Originate']);
    const login = server.received[1];
    expect(login).toMatchObject({ Username: 'tapline', AuthType: 'MD5', Events: 'system,call,user' });
    const traced = told.lines.map(({ label, text }) => label + text).join('\n');
    for (const hidden of [SECRET, login?.['Key'] ?? '-', 'Challenge: 123'])
      expect(traced).not.toContain(hidden);
    expect(traced).toContain('Action Login');
    expect(told.written()).not.toContain(SECRET);
  });

  it('sends the secret to a server without challenges, encrypted', async () => {
    const refusing: Answer = (action) =>
      action['Action'] === 'Challenge' ? 'Response: Error\r\nMessage: Not supported' : tellsProbe(action);
    const { server, told } = await open(refusing, { certificate: shortLived(['127.0.0.1'], Date.now()) });
    await told.reaches('online');
    expect(server.received[1]).toMatchObject({ Action: 'Login', Secret: SECRET });
    expect(told.lines.map(({ text }) => text).join('\n')).not.toContain(SECRET);
  });

  it('does not send it to one that does not encrypt, and is not tried again', async () => {
    const { server, told } = await open(() => 'Response: Error\r\nMessage: Not supported');
    expect(await told.reaches('failed')).toMatchObject({
      problem: { code: 'noEncryption', pbx: 'asterisk' },
    });
    expect(actionsOf(server)).toEqual(['Challenge']);
    expect(told.written()).not.toContain(SECRET);
  });

  it('tries a refused secret once', async () => {
    const { server, told } = await open((action) =>
      action['Action'] === 'Login' ? 'Response: Error\r\nMessage: Authentication failed' : willing(action),
    );
    expect(await told.reaches('failed')).toMatchObject({ problem: { code: 'wrongPassword' } });
    told.session.check();
    expect(server.connections()).toBe(1);
  });

  it('waits where the user may be signed in only once, and is', async () => {
    const { told } = await open(() => 'Response: Error\r\nMessage: Login Already In Use');
    const { problem, delay } = await told.reaches('waiting');
    expect(problem).toMatchObject({ code: 'replaced', pbx: 'asterisk' });
    expect(delay).toBeGreaterThanOrEqual(30_000);
  });
});

describe('what the user may hear', () => {
  it('is told when the PBX shows it', async () => {
    const { server, told } = await open(tellsProbe);
    await told.reaches('online');
    expect(told.rights[0]?.reads).toEqual({ call: 'yes', user: 'unknown', system: 'unknown' });
    server.say('Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: TAPI');
    await until(
      () => told.rights.at(-1)?.reads.user === 'yes',
      () => 'the class was not noticed',
    );
    expect(told.events).toHaveLength(1);
  });

  it('is found missing where a call that was asked for is never told of', async () => {
    const { told } = await open(tellsNothing);
    await told.reaches('online');
    expect(told.rights.at(-1)?.reads.call).toBe('no');
  });

  it('is not asked for twice in a run', async () => {
    const { server, told } = await open(tellsProbe);
    await told.reaches('online');
    server.cut();
    await told.reaches('online', 2);
    expect(actionsOf(server).filter((name) => name === 'Originate')).toHaveLength(1);
    expect(told.rights.at(-1)?.reads.call).toBe('yes');
  });
});

describe('events', () => {
  it('that come before the session is ready are told after it, in their order', async () => {
    const { told } = await open((action) => {
      if (action['Action'] !== 'ListCommands') return tellsProbe(action);
      return `Event: Newchannel\r\nUniqueid: 1\r\n\r\nEvent: Hangup\r\nUniqueid: 1\r\n\r\n${willing(action)}`;
    });
    await told.reaches('online');
    await until(
      () => told.events.length === 2,
      () => `${told.events.length} events`,
    );
    expect(told.events.map((event) => header(event, 'Event'))).toEqual(['Newchannel', 'Hangup']);
  });

  it('answer nothing, whatever they write into themselves', async () => {
    const { server, told } = await open((action) =>
      action['Action'] === 'Status' ? SILENCE : tellsProbe(action),
    );
    await told.reaches('online');
    const listed = told.session.list({ name: 'Status' });
    await until(
      () => actionsOf(server).includes('Status'),
      () => 'nothing was asked',
    );
    server.say(
      'Response: Success\r\nActionID: tapline-1',
      'Event: UserEvent\r\nUserEvent: TAPI\r\nActionID: 5\r\nEventList: Complete',
    );
    await until(
      () => told.events.length === 1,
      () => 'the event was not told',
    );
    server.cut();
    expect(await listed).toMatchObject({ ok: false, code: 'unanswered' });
  });
});

describe('the end of a session', () => {
  it('comes with the word that Asterisk goes down, and another session after it', async () => {
    const { server, told } = await open(tellsProbe);
    await told.reaches('online');
    server.say('Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: True');
    expect(await told.reaches('waiting')).toMatchObject({ problem: { code: 'lost', stage: 'online' } });
    await told.reaches('online', 2);
  });

  it('comes when nothing is heard any more, not even an answer to a Ping', async () => {
    const { server, told } = await open(
      (action) => (action['Action'] === 'Ping' ? SILENCE : tellsProbe(action)),
      {},
      { quiet: 100, ping: 100 },
    );
    await told.reaches('online');
    expect(await told.reaches('waiting')).toMatchObject({ problem: { code: 'silent', stage: 'online' } });
    expect(actionsOf(server)).toContain('Ping');
    expect(told.lines.some(({ label }) => label.includes('Ping'))).toBe(false);
  });

  it('says goodbye when it is stopped, and leaves no action waiting', async () => {
    const { server, told } = await open((action) =>
      action['Action'] === 'Status' ? SILENCE : tellsProbe(action),
    );
    await told.reaches('online');
    const waiting = told.session.action({ name: 'Status' });
    await told.session.stop();
    expect(await waiting).toMatchObject({ ok: false, code: 'unanswered' });
    expect(actionsOf(server).at(-1)).toBe('Logoff');
    expect(told.states.at(-1)).toEqual({ state: 'stopped' });
    expect(await told.session.action({ name: 'Status' })).toMatchObject({ ok: false, code: 'offline' });
    expect(told.session.rights()).toBeUndefined();
  });
});

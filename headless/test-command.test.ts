import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Certificate, PbxEvent, PbxListener, SessionState } from '../app/pbx/port.ts';
import type { AccountSettings } from '../app/settings/account.ts';
import { ScriptedPbx } from '../app/testing/scripted-pbx.ts';
import type { TestArguments } from './arguments.ts';
import { EXIT, testOnCommandLine } from './test-command.ts';

const CERTIFICATE: Certificate = {
  fingerprint: `${'AB:'.repeat(31)}CD`,
  subject: 'CN=pbx\u001b[2J',
  issuer: 'CN=Somebody',
  validFrom: Date.UTC(2025, 0, 15, 12),
  validTo: Date.UTC(2035, 0, 15, 12),
  complaint: '',
};
const ARGUMENTS: TestArguments = { server: 'pbx.example.com', user: 'anna', json: false };

let printed: string[];
let complained: string[];
let connected: { account: AccountSettings; password: string }[];
let interrupting: AbortController;

beforeEach(() => {
  printed = [];
  complained = [];
  connected = [];
  interrupting = new AbortController();
});

/** A PBX that says this at once when it is started. */
function saying(listener: PbxListener, events: readonly PbxEvent[]): ScriptedPbx {
  const pbx = new ScriptedPbx();
  pbx.start = () => {
    for (const event of events) listener.event(event);
  };
  return pbx;
}
const session = (state: SessionState): PbxEvent => ({ type: 'session', session: state });
const ONLINE: readonly PbxEvent[] = [
  session({ state: 'connecting', stage: 'userInfo' }),
  {
    type: 'users',
    users: [
      {
        user: 'Anna',
        name: 'Anna Müller',
        extension: '340',
        abilities: new Set(['dial', 'answer']),
        answers: 'phone',
        holds: 'phone',
        role: 'user',
        phone: 'SIP anna',
      },
    ],
  },
  { type: 'phone', user: 'Anna', phone: 'free' },
  session({ state: 'online', resumed: false }),
];
const failing = (problem: Extract<SessionState, { state: 'failed' }>['problem']) => [
  session({ state: 'connecting', stage: 'tls' }),
  session({ state: 'failed', problem }),
];

function run(events: readonly PbxEvent[], change: Partial<TestArguments> = {}, password = 'secret\n') {
  return testOnCommandLine(
    { ...ARGUMENTS, ...change },
    {
      input: Readable.from([Buffer.from(password)]),
      print: (line) => void printed.push(line),
      complain: (line) => void complained.push(line),
      interrupted: () => interrupting.signal,
      language: 'en',
      connect: (account, given, listener) => {
        connected.push({ account, password: given });
        return saying(listener, events);
      },
    },
  );
}

/** Without the times, which are the machine's. */
const timeless = () => printed.map((line) => line.replace(/ +\d+ ms +/, ' … '));

describe('headless test', () => {
  it('prints a line for each step and ends with 0', async () => {
    expect(await run(ONLINE)).toBe(EXIT.passed);
    expect(timeless()).toEqual([
      'Find the server          passed … The server was found.',
      'Connect                  passed … The server takes connections.',
      "Encrypt                  passed … The connection is encrypted, and the server's certificate is trusted.",
      'Check user and password  passed … The server has accepted user and password.',
      'Read the user            passed … The phone system knows: Anna Müller, extension 340.',
      'Role                     passed … User: the phone system lets this user act on their own behalf alone.',
      'Phone                    passed … The phone "SIP anna" is registered and free.',
      '',
      'This account can sign in.',
    ]);
    expect(complained).toEqual([]);
  });

  it('says in German what failed, shows the certificate, and ends with 1', async () => {
    const problem = {
      code: 'certificateUntrusted',
      stage: 'tls',
      detail: '',
      certificate: CERTIFICATE,
    } as const;
    expect(await run(failing(problem), { language: 'de' })).toBe(EXIT.failed);
    expect(timeless()[2]).toMatch(/^Verschlüsseln +fehlgeschlagen +… Das Zertifikat des Servers /);
    expect(printed.slice(3, 7)).toEqual([
      '  Ausgestellt für: CN=pbx [2J',
      '  Ausgestellt von: CN=Somebody',
      '  Gültig: 15.01.2025 – 15.01.2035',
      `  SHA-256: ${CERTIFICATE.fingerprint}`,
    ]);
    expect(printed[7]).toMatch(/^ {2}→ Vergleichen Sie den Fingerabdruck .*\.$/);
    expect(printed[8]).toMatch(/^ {2}→ .* mit --certificate und diesem Fingerabdruck\.$/);
    expect(printed.at(-1)).toBe('Dieses Konto kann sich so nicht anmelden.');
  });

  it('speaks JSON to programs: the steps in both languages, and the end, numbers shortened', async () => {
    const problem = { code: 'wrongServer', stage: 'tls', detail: 'not for +49 2969 12345678' } as const;
    expect(await run(failing(problem), { json: true })).toBe(EXIT.failed);
    const objects = printed.map((line) => JSON.parse(line));
    expect(objects).toHaveLength(8);
    expect(objects[0]).toMatchObject({ event: 'step', step: 'name', result: 'passed' });
    expect(Object.keys(objects[2].what)).toEqual(['de', 'en']);
    expect(objects.at(-1)).toEqual({
      event: 'end',
      passed: false,
      cancelled: false,
      problem: { code: 'wrongServer', stage: 'tls', detail: 'not for …78' },
    });
  });

  it('says that there are notes where there are', async () => {
    const absent = ONLINE.map((event) => (event.type === 'phone' ? { ...event, phone: 'absent' } : event));
    expect(await run(absent as readonly PbxEvent[])).toBe(EXIT.passed);
    expect(printed.at(-1)).toBe('This account can sign in; mind the notes.');
  });

  it('gives the account what was typed, a resource of its own, and the password', async () => {
    const certificate = CERTIFICATE.fingerprint.toLowerCase();
    await run(ONLINE, { server: '[fe80::1]:5223', domain: 'stack7', certificate });
    await run(ONLINE);
    expect(connected[0]).toMatchObject({
      password: 'secret',
      account: {
        host: 'fe80::1',
        port: 5223,
        user: 'anna',
        domain: 'stack7',
        pinnedCertificate: CERTIFICATE.fingerprint,
      },
    });
    const [first, second] = connected.map(({ account }) => account.kind === 'mobydick' && account.resource);
    expect(first).toMatch(/^tapline-test-[0-9a-f]{12}$/);
    expect(second).not.toBe(first);
    expect(printed.join()).not.toContain('secret');
  });

  it('gives an Asterisk account its phones, from the command line or from a file', async () => {
    const phones = join(mkdtempSync(join(tmpdir(), 'tapline-phones-')), 'phones.txt');
    writeFileSync(phones, '\uFEFFPJSIP/831 831 Jan Lorenz\r\nSIP/832\r\n');
    await run(ONLINE, { asterisk: true, phone: 'PJSIP/831', plainText: true });
    expect(
      timeless().some((line) => /^Rights +passed/.test(line)),
      'in its own words',
    ).toBe(true);
    await run(ONLINE, { asterisk: true, phones, context: 'office' });
    expect(connected.map(({ account }) => account)).toMatchObject([
      { kind: 'asterisk', plainText: true, context: 'from-internal', lines: [{ name: 'PJSIP/831' }] },
      {
        kind: 'asterisk',
        context: 'office',
        lines: [{ name: 'PJSIP/831', extension: '831', person: 'Jan Lorenz' }, { name: 'SIP/832' }],
      },
    ]);
  });

  it.each([
    [{ asterisk: true, phone: '831' }, 'Zeile 1: Das ist kein Telefon'],
    [{ asterisk: true, phones: '/nowhere/phones.txt' }, 'Die Datei der Telefone lässt sich nicht lesen'],
    [{ asterisk: true, phone: 'SIP/1', user: '[x]' }, 'Der Manager-Benutzer fehlt'],
    [{ server: 'pbx:http' }, 'Der Port ist keine ganze Zahl'],
    [{ server: 'xmpp://pbx' }, 'Der Server fehlt oder ist kein Name'],
    [{ user: 'an na/x' }, 'Der Benutzername fehlt oder ist keiner'],
    [{ certificate: 'AA' }, 'Der Fingerabdruck des Zertifikats ist unlesbar'],
    [{ domain: 'a b' }, 'Die XMPP-Domäne enthält Zeichen'],
  ])('refuses %o with a sentence and 2, and tries nothing', async (change, sentence) => {
    expect(await run(ONLINE, { ...(change as Partial<TestArguments>), language: 'de' })).toBe(
      EXIT.badEntries,
    );
    expect(complained.join('\n')).toContain(sentence);
    expect([printed, connected]).toEqual([[], []]);
  });

  it('refuses a missing password with 2', async () => {
    expect(await run(ONLINE, {}, '')).toBe(EXIT.badEntries);
    expect(complained).toEqual(['The password is missing: give it on standard input.']);
    expect(connected).toEqual([]);
  });

  it('ends with 130 when it is interrupted', async () => {
    const running = run([session({ state: 'connecting', stage: 'connect' })]);
    await expect.poll(() => connected).toHaveLength(1);
    interrupting.abort();
    expect(await running).toBe(EXIT.cancelled);
    expect(printed.at(-1)).toBe('The test was cancelled.');
  });
});

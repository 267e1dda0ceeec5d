/** The companion of the main process at an Asterisk: the embedded PBX's other face, and no window. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandArguments, TestStepView } from '../../contract/renderer-api.ts';
import { soon } from './support/condition.ts';
import { ANNA, BEN, CUSTOMER, SUPPLIER } from './support/people.ts';
import { fileText, online, pbx, service, start, stop, until, withService } from './support/service.ts';

const MANAGER = {
  name: 'tapline',
  secret: 'Grüße, 4711!',
  read: ['call', 'user', 'dtmf'],
  write: ['call', 'originate', 'system'],
} as const;
const POP = { name: 'pop', secret: 'pop secret', read: ['user'], write: [] } as const;
const PHONES = `PJSIP/anna ${ANNA.extension} ${ANNA.fullName}\nPJSIP/ben ${BEN.extension} ${BEN.fullName}`;

withService({ ami: { managers: [MANAGER, POP] } });

type Entries = CommandArguments<'signIn'>;
const entries = ({
  asterisk,
  ...change
}: Partial<Omit<Entries, 'asterisk'>> & { asterisk?: Partial<Entries['asterisk']> } = {}): Entries => ({
  server: `127.0.0.1:${pbx.ami?.tlsPort}`,
  user: MANAGER.name,
  password: MANAGER.secret,
  certificate: pbx.fingerprint,
  ...change,
  asterisk: { context: 'from-internal', phones: PHONES, remoteAnswer: true, ...asterisk },
});
/** Without encryption. */
const plain = () =>
  entries({ server: `127.0.0.1:${pbx.ami?.port}`, asterisk: { plainText: true, remoteAnswer: true } });

const lineOf = (name: string) => service.slices().lines.find((line) => line.name.startsWith(name))?.key ?? '';
const calls = () =>
  service.slices().calls.map(({ line, state }) => [line.slice(line.lastIndexOf('/') + 1), state]);

describe('signing in', () => {
  it('gives a line for each phone, and is remembered without the secret in any file', async () => {
    expect(await service.signIn(entries())).toEqual({ ok: true });
    const { accounts, lines } = await online();
    expect(accounts).toMatchObject([{ kind: 'asterisk', user: MANAGER.name, demo: false }]);
    expect(lines.map(({ name }) => name)).toEqual([
      `${ANNA.fullName} (${ANNA.extension})`,
      `${BEN.fullName} (${BEN.extension})`,
    ]);
    expect(fileText()).not.toContain(MANAGER.secret);
    expect(fileText()).toContain('"kind": "asterisk"');
    expect(JSON.stringify(service.trace.from(0))).not.toContain(MANAGER.secret);
    await stop();
    await start();
    expect(
      (await online()).lines.map(({ key }) => key),
      'the same lines for TAPI programs',
    ).toEqual(lines.map(({ key }) => key));
  });

  it('asks about a certificate that nobody vouches for', async () => {
    const { certificate: _, ...unpinned } = entries();
    expect(await service.signIn(unpinned)).toMatchObject({
      ok: false,
      certificate: { fingerprint: pbx.fingerprint, changed: false },
    });
    expect(service.slices().accounts).toEqual([]);
  });

  it('goes without encryption only by the user’s word, and the account stays the same', async () => {
    const { asterisk: _, ...rest } = plain();
    const typed = { ...rest, asterisk: { context: 'from-internal', phones: PHONES } };
    const refused = await service.signIn(typed);
    expect(refused).toMatchObject({ ok: false, mayGoPlain: true });
    expect(await service.signIn(plain())).toEqual({ ok: true });
    const { accounts } = await online();
    expect(service.asteriskEntries({ account: accounts[0]?.key ?? '' })).toEqual({
      context: 'from-internal',
      phones: PHONES,
      plainText: true,
      remoteAnswer: true,
    });
    expect(JSON.stringify(service.trace.from(0)), 'the secret itself is never sent').not.toContain(
      MANAGER.secret,
    );
  });

  it.each([
    ['a wrong secret', { password: 'wrong' }],
    ['an unknown user', { user: 'nobody' }],
  ])('with %s says so, and keeps nothing', async (_what, change) => {
    expect(await service.signIn(entries(change))).toMatchObject({
      ok: false,
      problem: { what: 'Asterisk has refused the sign-in.' },
    });
    expect(service.slices().accounts).toEqual([]);
  });

  it('says which line of the phones is wrong', async () => {
    const refused = await service.signIn(entries({ asterisk: { phones: 'PJSIP/anna\nben' } }));
    expect(refused).toMatchObject({
      ok: false,
      problem: { why: expect.stringMatching(/^Line 2: This is no phone/) },
    });
  });

  it('again with other phones changes the lines, and keeps the others', async () => {
    await service.signIn(entries());
    const { accounts } = await online();
    const account = accounts[0]?.key ?? '';
    const anna = lineOf(ANNA.fullName);
    const changed = await service.signIn(
      entries({ account, asterisk: { phones: 'PJSIP/anna 340 Anna M.' } }),
    );
    expect(changed).toEqual({ ok: true });
    await until(
      ({ lines }) =>
        lines
          .filter((line) => line.inService)
          .map(({ key }) => key)
          .join() === anna,
    );
    expect(service.slices().accounts.map(({ key }) => key)).toEqual([account]);
    expect(service.asteriskEntries({ account })).toMatchObject({ phones: 'PJSIP/anna 340 Anna M.' });
    expect(service.asteriskEntries({ account: 'nobody' })).toBeUndefined();
  });

  it('stands beside an account at the other kind of phone system', async () => {
    const { name: user, password } = ANNA;
    await service.signIn(entries());
    await service.signIn({ server: `127.0.0.1:${pbx.port}`, user, password, certificate: pbx.fingerprint });
    await until(({ accounts }) => accounts.filter(({ state }) => state === 'online').length === 2);
    expect(service.slices().accounts.map(({ kind }) => kind)).toEqual(['asterisk', 'mobydick']);
    expect(service.asteriskEntries({ account: service.slices().accounts[1]?.key ?? '' })).toBeUndefined();
  });
});

describe('the connection test', () => {
  const test = async (typed: Entries) => {
    const steps: TestStepView[] = [];
    const outcome = await service.testSignIn({ ...typed, test: 1 }, (step) => steps.push(step));
    return { outcome, steps };
  };

  it('tells every step, and leaves no session', async () => {
    const { outcome, steps } = await test(entries());
    expect(outcome).toEqual({ ok: true });
    expect(steps.map(({ result }) => result).filter((result) => result === 'failed')).toEqual([]);
    expect(steps).toHaveLength(7);
    for (const { what, todo } of steps) expect(`${what} ${todo ?? ''}`).not.toMatch(/XMPP|STARTTLS/);
    await soon(() => pbx.ami?.managers()).toEqual([]);
  });

  it('says what a user for screen pop alone cannot do', async () => {
    const { outcome, steps } = await test(entries({ user: POP.name, password: POP.secret }));
    expect(outcome).toEqual({ ok: true });
    expect(steps.some(({ result }) => result === 'warned')).toBe(true);
  });
});

describe('missing rights', () => {
  it('are told as hints while the account is signed in', async () => {
    await service.signIn(entries({ user: POP.name, password: POP.secret, asterisk: { remoteAnswer: true } }));
    const { hints, accounts } = await until((now) => now.hints.length > 0);
    for (const { account, what, why, todo } of hints) {
      expect(account).toBe(accounts[0]?.key);
      for (const sentence of [what, why, todo]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
    await service.signOut({ account: accounts[0]?.key ?? '' });
    await soon(() => service.slices().hints).toEqual([]);
  });
});

describe('calls', () => {
  beforeEach(async () => {
    await service.signIn(entries());
    await online();
  });

  it('come in with their caller, are answered and hung up', async () => {
    pbx.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, ANNA.extension);
    const { calls: ringing } = await until(
      (now) => now.calls[0]?.state === 'offering' && now.calls[0].verbs.includes('answer'),
    );
    expect(ringing[0]).toMatchObject({ line: lineOf(ANNA.fullName), caller: CUSTOMER });
    const call = ringing[0]?.id ?? 0;
    expect(await service.answer({ call })).toEqual({ ok: true });
    await until((now) => now.calls[0]?.state === 'connected');
    expect(await service.drop({ call })).toEqual({ ok: true });
    await until((now) => now.calls.length === 0);
    expect(pbx.exchange.channels()).toEqual([]);
  });

  it('that are missed end, without being asked about', async () => {
    pbx.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, ANNA.extension);
    await until((now) => now.calls.length === 1);
    pbx.exchange.outside.hangUp(CUSTOMER.number);
    await until((now) => now.calls.length === 0);
  });

  it('are dialled from the own phone, as one call', async () => {
    pbx.exchange.outside.set(SUPPLIER.number, { kind: 'answers', afterMs: 50 }, SUPPLIER.name);
    expect(await service.dial({ line: lineOf(ANNA.fullName), target: SUPPLIER.number })).toEqual({
      ok: true,
    });
    const { calls: talking } = await until((now) => now.calls[0]?.state === 'connected');
    expect(talking).toMatchObject([{ direction: 'outbound', called: { number: SUPPLIER.number } }]);
    pbx.exchange.outside.hangUp(SUPPLIER.number);
    await until((now) => now.calls.length === 0);
  });

  it('between two of the lines are one call on each', async () => {
    await service.dial({ line: lineOf(ANNA.fullName), target: BEN.extension });
    await soon(() => calls().sort()).toEqual([
      ['anna', 'ringback'],
      ['ben', 'offering'],
    ]);
    pbx.exchange.answer(BEN.name);
    await soon(() => calls().sort()).toEqual([
      ['anna', 'connected'],
      ['ben', 'connected'],
    ]);
    pbx.exchange.clear();
    await until((now) => now.calls.length === 0);
  });

  it('of a colleague are taken over', async () => {
    pbx.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, BEN.extension);
    await until((now) => now.calls.length === 1);
    expect(await service.pickup({ line: lineOf(ANNA.fullName), target: BEN.extension })).toEqual({
      ok: true,
    });
    await soon(calls).toEqual([['anna', 'connected']]);
  });

  it('are known again after the connection was lost', async () => {
    pbx.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, ANNA.extension);
    pbx.exchange.answer(ANNA.name);
    await until((now) => now.calls[0]?.state === 'connected');
    pbx.ami?.cut();
    await until(({ accounts }) => accounts[0]?.state !== 'online');
    await online();
    await soon(calls).toEqual([['anna', 'connected']]);
    pbx.exchange.outside.hangUp(CUSTOMER.number);
    await until((now) => now.calls.length === 0);
  });
});

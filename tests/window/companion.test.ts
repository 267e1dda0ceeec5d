/** The accounts of the main process's companion, with real sessions to the embedded PBX and without any window. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Slices, type TestStepView, testSteps } from '../../contract/renderer-api.ts';
import { soon } from './support/condition.ts';
import { ANNA, BEN } from './support/people.ts';
import {
  credentials,
  fileText,
  folder,
  forgetPasswords,
  online,
  pbx,
  service,
  start,
  stop,
  until,
  vault,
  withService,
} from './support/service.ts';

withService();

const BENS = { user: BEN.name, password: BEN.password };
const users = () => service.slices().accounts.map(({ user }) => user);
const keyOf = (user: string) => service.slices().accounts.find((one) => one.user === user)?.key ?? '';

describe('the connection test', () => {
  const test = async (change: Parameters<typeof credentials>[0] = {}) => {
    const steps: TestStepView[] = [];
    const outcome = await service.testSignIn({ ...credentials(change), test: 1 }, (step) => steps.push(step));
    return { outcome, steps };
  };

  it('tells every step, keeps nothing and leaves no session', async () => {
    const { outcome, steps } = await test();
    expect(outcome).toEqual({ ok: true });
    expect(steps.map(({ step }) => step)).toEqual([...testSteps]);
    expect(steps.filter(({ result }) => result !== 'passed' && result !== 'warned')).toEqual([]);
    expect(service.slices()).toMatchObject({ accounts: [], lines: [] });
    expect(readdirSync(folder)).toEqual([]);
    await soon(() => pbx.sessions()).toEqual([]);
  });

  it('stops at what is wrong and says so', async () => {
    const { outcome, steps } = await test({ password: 'wrong' });
    expect(outcome).toMatchObject({
      ok: false,
      problem: { what: 'The user name or the password is wrong.' },
    });
    expect(steps.find(({ result }) => result === 'failed')).toMatchObject({ step: 'signIn' });
    expect((await test({ user: 'a/b' })).outcome).toMatchObject({
      ok: false,
      problem: { what: 'These entries allow no sign-in.' },
    });
  });

  it('hands over a certificate nobody vouches for', async () => {
    const { certificate: _, ...unpinned } = credentials();
    const outcome = await service.testSignIn({ ...unpinned, test: 1 }, () => undefined);
    expect(outcome).toMatchObject({
      ok: false,
      certificate: { fingerprint: pbx.fingerprint, changed: false },
      needsDomain: false,
    });
  });

  it('does not disturb the session that is there', async () => {
    await service.signIn(credentials());
    await online();
    expect((await test()).outcome).toEqual({ ok: true });
    expect(service.slices().accounts[0]?.state).toBe('online');
    await soon(() => pbx.sessions().length).toBe(1);
  });

  it('ends when it is cancelled, or another one begins', async () => {
    pbx.faults.goSilent('header');
    const first = test();
    const second = test();
    expect((await first).outcome).toMatchObject({ ok: false, problem: { what: 'The test was cancelled.' } });
    expect((await first).steps, 'nobody listens to it any more').toEqual([]);
    service.cancelTest();
    expect((await second).outcome).toMatchObject({ ok: false });
    await soon(() => pbx.sessions()).toEqual([]);
  });
});

describe('signing in', () => {
  it('shows account and line, and is remembered without the password in any file', async () => {
    expect(await service.signIn(credentials())).toEqual({ ok: true });
    expect(await online()).toMatchObject({
      accounts: [{ server: `127.0.0.1:${pbx.port}`, user: ANNA.name, demo: false }],
      lines: [{ name: 'Anna Müller (340)', inService: true, canDial: true }],
    });
    expect(fileText()).not.toContain(ANNA.password);
    const trace = JSON.stringify(service.trace.from(0));
    expect(trace).not.toContain(ANNA.password);
    expect(trace).not.toContain(Buffer.from(ANNA.password).toString('base64'));

    const line = service.slices().lines[0]?.key;
    await stop();
    await start();
    const again = await online();
    expect(again.lines[0]?.key, 'the same line for TAPI programs').toBe(line);
  });

  it('that fails changes nothing', async () => {
    await service.signIn(credentials());
    await online();
    const before = fileText();
    expect(await service.signIn(credentials({ ...BENS, password: 'wrong' }))).toMatchObject({ ok: false });
    expect(service.slices().accounts).toMatchObject([{ user: ANNA.name, state: 'online' }]);
    expect(fileText()).toBe(before);
  });

  it('to several accounts keeps them side by side, over a start too', async () => {
    const both = await Promise.all([service.signIn(credentials()), service.signIn(credentials(BENS))]);
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    const all = (now: Slices) =>
      now.accounts.length === 2 && now.lines.filter((line) => line.inService).length === 2;
    const { lines, accounts } = await until(all);
    expect(lines.map(({ name }) => name).sort()).toEqual(['Anna Müller (340)', 'Ben Olsen (341)']);
    expect(lines.map(({ account }) => account).sort()).toEqual(accounts.map(({ key }) => key).sort());
    await stop();
    await start();
    const again = await until(all);
    expect(again.accounts.map(({ user }) => user)).toEqual([ANNA.name, BEN.name]);
    expect(pbx.sessions()).toHaveLength(2);
  });

  it('twice to one account is one account, whichever way it is written', async () => {
    await service.signIn(credentials());
    const { lines } = await online();
    expect(await service.signIn(credentials({ user: ` ${ANNA.name.toUpperCase()} ` }))).toEqual({ ok: true });
    await until(({ accounts }) => accounts[0]?.state === 'online');
    expect(users()).toHaveLength(1);
    expect(service.slices().lines.map(({ key }) => key)).toEqual(lines.map(({ key }) => key));
    await soon(() => pbx.sessions().length).toBe(1);
  });

  it('again in place of an account that is named replaces that one, and no other', async () => {
    await service.signIn(credentials());
    expect(await service.signIn(credentials({ ...BENS, account: keyOf(ANNA.name) }))).toEqual({ ok: true });
    expect(users()).toEqual([BEN.name]);
    await soon(() => pbx.sessions().map(({ user }) => user.toLowerCase())).toEqual([BEN.name]);
    expect(JSON.parse(fileText()).accounts).toHaveLength(1);
  });

  it('out forgets account, password and line, and leaves the others', async () => {
    await service.signIn(credentials());
    await service.signIn(credentials(BENS));
    const account = keyOf(ANNA.name);
    expect(await service.signOut({ account })).toEqual({ ok: true });
    expect(users()).toEqual([BEN.name]);
    expect(service.slices().lines.filter((line) => line.account === account)).toEqual([]);
    expect(fileText()).not.toContain(ANNA.name);
    expect(await vault.read({ scope: 'user', account })).toEqual({ ok: true, secret: undefined });
    expect(await service.signOut({ account })).toMatchObject({
      ok: false,
      problem: { what: 'This account is no longer there.' },
    });
    expect(await service.signOut({ account: keyOf(BEN.name) })).toEqual({ ok: true });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a changed certificate', () => {
  const refused = () => until(({ accounts }) => accounts[0]?.certificate?.changed === true);
  /** Anna is signed in, and the server comes back with another certificate. */
  async function change(): Promise<Slices> {
    await service.signIn(credentials());
    await online();
    pbx.changeCertificate();
    pbx.faults.cut();
    return refused();
  }

  it('stops the account with both fingerprints, and goes on with the password that is kept', async () => {
    const before = pbx.fingerprint;
    const { accounts, lines } = await change();
    const [account] = accounts;
    expect(account).toMatchObject({
      state: 'failed',
      certificate: { fingerprint: pbx.fingerprint, before, changed: true },
    });
    expect(account?.certificate?.fingerprint).not.toBe(before);
    expect(pbx.sessions()).toEqual([]);
    const answer = service.trustCertificate({ account: account?.key ?? '', fingerprint: pbx.fingerprint });
    expect(await answer).toEqual({ ok: true });
    const again = await online();
    expect(
      again.lines.map(({ key }) => key),
      'TAPI programs keep the line',
    ).toEqual(lines.map(({ key }) => key));
    expect(again.accounts[0]).not.toHaveProperty('certificate');
    expect(fileText()).toContain(pbx.fingerprint);
    expect(fileText()).not.toContain(before);
  });

  it('is not accepted by the word on any other', async () => {
    const before = pbx.fingerprint;
    const { accounts } = await change();
    const account = accounts[0]?.key ?? '';
    const gone = { ok: false, problem: { what: 'The certificate was not accepted.' } };
    expect(await service.trustCertificate({ account, fingerprint: before })).toMatchObject(gone);
    expect(await service.trustCertificate({ account: 'nobody', fingerprint: before })).toMatchObject({
      ok: false,
    });
    expect(service.slices().accounts[0]?.state).toBe('failed');
    expect(fileText()).toContain(before);
    expect(await service.trustCertificate({ account, fingerprint: pbx.fingerprint })).toEqual({ ok: true });
    await online();
    expect(await service.trustCertificate({ account, fingerprint: pbx.fingerprint })).toMatchObject(gone);
  });
});

describe('a start', () => {
  it('with settings and no password says that it needs one, and asks no server', async () => {
    await service.signIn(credentials());
    await online();
    await stop();
    forgetPasswords();
    await start();
    const { accounts } = await until((now) => now.accounts[0]?.state === 'failed');
    expect(accounts[0]?.problem?.what).toBe('The password is missing.');
    expect(pbx.sessions()).toEqual([]);
  });

  it('with broken settings says where they went', async () => {
    await stop();
    writeFileSync(join(folder, 'accounts.json'), '{');
    const notices = await start();
    const [aside] = readdirSync(folder);
    expect(notices).toEqual([expect.stringContaining(aside ?? 'nothing')]);
    expect(service.slices().accounts).toEqual([]);
  });

  it('takes over the account of the version before, with its password', async () => {
    await service.signIn(credentials());
    await online();
    await stop();
    const [kept] = JSON.parse(fileText()).accounts;
    rmSync(join(folder, 'accounts.json'));
    writeFileSync(join(folder, 'account.json'), JSON.stringify(kept));
    expect(await start()).toEqual([]);
    await online();
    expect(readdirSync(folder)).toEqual(['accounts.json']);
  });
});

/** Signing in by the form, with a certificate that nobody vouches for. */
import { connect, createServer, type Server } from 'node:net';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaited, soon } from './support/condition.ts';
import { ANNA } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeEach(async () => {
  seat = await takeSeat();
});
afterEach(() => seat?.stop());

/** The form, opened from the flyout that is there by itself at the first start. */
async function openForm(): Promise<Page> {
  await soon(() => seen('flyout')).toBe(true);
  await (await seat.page('flyout')).getByRole('button', { name: 'Sign in…' }).click();
  await soon(() => seen('signIn')).toBe(true);
  return seat.page('signIn');
}
const seen = (kind: 'flyout' | 'signIn') => seat.seen(kind);

async function fill(form: Page, change: { server?: string; password?: string } = {}): Promise<void> {
  const { server = `127.0.0.1:${seat.pbx.port}`, password = ANNA.password } = change;
  await form.getByLabel('Server').fill(server);
  await form.getByLabel('User name').fill(ANNA.name);
  await form.getByLabel('Password', { exact: true }).fill(password);
}

const press = (form: Page, name: string) => form.getByRole('button', { name, exact: true }).click();
/** The steps of the test, like `Connect: passed`. */
const steps = async (form: Page) => {
  const items = await form.locator('.test-step').all();
  return Promise.all(
    items.map(async (item) => (await item.locator('span').allTextContents()).slice(0, 2).join(': ')),
  );
};
const trust = (form: Page) => form.getByRole('button', { name: 'Trust this certificate' });
const alert = async (form: Page) => (await form.getByRole('alert').first().textContent()) ?? '';
const online = async () => {
  const page = await seat.flyout();
  await page.getByText('Connected, ready').waitFor();
  return page;
};

/** Counts the connections that somebody makes to the PBX. */
async function countingWay(): Promise<{
  readonly port: number;
  readonly count: () => number;
  close: () => void;
}> {
  let count = 0;
  const server: Server = createServer((socket) => {
    count += 1;
    const on = connect(seat.pbx.port, '127.0.0.1');
    for (const [from, to] of [
      [socket, on],
      [on, socket],
    ] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, count: () => count, close: () => server.close() };
}

describe('the form', () => {
  it('tests every step, asks for the word on the certificate, and signs in', async () => {
    const form = await openForm();
    await fill(form);
    await press(form, 'Test');
    await trust(form).waitFor();
    expect(await form.locator('.certificate dd').first().textContent()).toBe(seat.pbx.fingerprint);
    expect(await form.locator('.certificate').textContent()).toMatch(
      /Issued to.*CN=.*Issued by.*Valid.*20\d\d/,
    );
    expect(await steps(form)).toEqual([
      'Find the server: passed',
      'Connect: passed',
      'Encrypt: failed',
      'Check user and password: not tested',
      'Read the user: not tested',
      'Role: not tested',
      'Phone: not tested',
    ]);
    expect(seat.pbx.sessions()).toEqual([]);

    await trust(form).click();
    await form.getByText(/You can sign in/).waitFor();
    expect((await steps(form)).filter((step) => /failed|not/.test(step))).toEqual([]);
    await soon(() => seat.pbx.sessions(), 'the test leaves no session').toEqual([]);
    await (await seat.flyout()).getByRole('button', { name: 'Sign in…' }).waitFor();

    await press(form, 'Sign in');
    await soon(() => seen('signIn'), 'the form closes').toBe(false);
    const flyout = await online();
    expect(await flyout.getByRole('heading', { level: 1 }).textContent()).toBe('Anna Müller (340)');
    expect(seat.pbx.sessions()).toMatchObject([{ user: 'anna', secure: true, available: true }]);
    expect(seat.trouble()).toEqual([]);
  });

  it('signs in nobody to a server whose certificate was not accepted', async () => {
    const form = await openForm();
    await fill(form);
    await press(form, 'Sign in');
    await form.getByText("The server's certificate is not known.").waitFor();
    await press(form, 'Ask first');
    expect(await trust(form).count()).toBe(0);
    expect(seat.pbx.sessions()).toEqual([]);
    expect((await seat.ask('signIn', 'subscribe', {})).accounts).toEqual([]);
  });

  it('gives its word for one server and for no other', async () => {
    const form = await openForm();
    await fill(form);
    await press(form, 'Test');
    await trust(form).click();
    await form.getByText(/You can sign in/).waitFor();
    await form.getByRole('textbox', { name: 'Server' }).fill(`localhost:${seat.pbx.port}`);
    await press(form, 'Test');
    await trust(form).waitFor();
  });

  it('tries a wrong password once, says so, and can be tried again', async () => {
    const way = await countingWay();
    try {
      const form = await openForm();
      await fill(form, { server: `127.0.0.1:${way.port}`, password: 'wrong' });
      await press(form, 'Sign in');
      await trust(form).waitFor();
      const before = way.count();
      await trust(form).click();
      await form.getByText('The user name or the password is wrong.').waitFor();
      expect(way.count() - before, 'connections with a wrong password').toBe(1);
      expect((await seat.ask('signIn', 'subscribe', {})).accounts).toEqual([]);

      const sent = (
        await (async () => {
          await seat.diagnostics();
          return seat.ask('diagnostics', 'followTrace', { from: 0 });
        })()
      ).filter(({ direction, label }) => direction === 'out' && label.startsWith('auth'));
      expect(sent, 'authentications on the wire').toHaveLength(1);
      expect(JSON.stringify(sent)).not.toContain('wrong');

      await form.getByLabel('Password', { exact: true }).fill(ANNA.password);
      await press(form, 'Sign in');
      await online();
      expect(way.count() - before, 'and one on trial, one for good').toBe(3);
    } finally {
      way.close();
    }
  });

  it('says at which step a server that is not there fails', async () => {
    const form = await openForm();
    const port = seat.pbx.port;
    await fill(form, { server: `127.0.0.1:${port}` });
    await seat.pbx.close();
    await press(form, 'Test');
    await form.locator('.note').getByText('The server cannot be reached.').waitFor();
    expect((await steps(form)).slice(0, 3)).toEqual([
      'Find the server: passed',
      'Connect: failed',
      'Encrypt: not tested',
    ]);
    await press(form, 'Sign in');
    await soon(() => alert(form)).toContain('The server cannot be reached.');
  });

  it('says that a server whose name nobody knows was not found', async () => {
    const form = await openForm();
    await fill(form, { server: 'pbx.invalid' });
    await press(form, 'Test');
    await form.getByText('The sign-in would not work like this.').waitFor();
    expect((await steps(form)).slice(0, 2)).toEqual(['Find the server: failed', 'Connect: not tested']);
  });

  it('names what is missing at its box, and asks no server', async () => {
    const form = await openForm();
    await press(form, 'Sign in');
    await form.getByText('Enter the server’s name or address.').waitFor();
    await form.getByText('Enter your user name.').waitFor();
    await form.getByText('Enter your password.').waitFor();
    expect(await form.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('server');
    await fill(form, { server: 'https://pbx.example.com/' });
    await press(form, 'Sign in');
    await form.getByText('Enter only the name or address').waitFor();
    await fill(form, { server: '127.0.0.1:70000' });
    await press(form, 'Sign in');
    await form.getByText('These entries allow no sign-in.').waitFor();
  });
});

describe('a password that was changed at the phone system', () => {
  it('is asked for in the flyout at once, and the account keeps its line', async () => {
    await seat.signIn();
    const flyout = await online();
    seat.pbx.faults.refuseLogins();
    seat.pbx.faults.cut(ANNA.name);
    const again = flyout.getByRole('button', { name: 'Sign in again…' });
    await again.waitFor();
    await flyout.getByText('The user name or the password is wrong.').waitFor();
    seat.pbx.faults.clear();
    await again.click();
    await soon(() => seen('signIn')).toBe(true);
    const form = await seat.page('signIn');
    await soon(() => form.getByLabel('User name').inputValue(), 'the form is for this account').toBe(
      ANNA.name,
    );
    await form.getByLabel('Password', { exact: true }).fill(ANNA.password);
    await press(form, 'Sign in');
    await soon(() => seen('signIn')).toBe(false);
    await online();
    expect((await seat.ask('popup', 'subscribe', {})).lines).toHaveLength(1);
  });
});

describe('signing out', () => {
  it('asks first, and then forgets account, line and password', async () => {
    await seat.signIn();
    const flyout = await online();
    await flyout.getByRole('button', { name: 'Sign out' }).click();
    await flyout.getByText('Sign out, and forget the password?').waitFor();
    expect(seat.pbx.sessions()).toHaveLength(1);
    await flyout.getByRole('button', { name: 'Cancel' }).click();
    await flyout.getByRole('button', { name: 'Sign out' }).click();
    await flyout.getByRole('group').getByRole('button', { name: 'Sign out' }).click();
    await soon(() => seat.pbx.sessions()).toEqual([]);
    await flyout.getByRole('button', { name: 'Sign in…' }).waitFor();
    expect(await seat.ask('popup', 'subscribe', {})).toMatchObject({ lines: [], calls: [] });
    await soon(async () => (await seat.tray()).tooltip).toBe('Tapline: not signed in');
    const form = await openForm();
    for (const label of ['Server', 'User name']) expect(await form.getByLabel(label).inputValue()).toBe('');
    expect(await form.getByLabel('Password', { exact: true }).inputValue()).toBe('');
  });
});

describe('the demo', () => {
  it('needs no account, calls by itself, and ends with one click', async () => {
    await soon(() => seen('flyout')).toBe(true);
    const first = await seat.page('flyout');
    await first.getByRole('button', { name: 'Try the demo phone system' }).click();
    const flyout = await online();
    await flyout.getByText('Demo', { exact: true }).waitFor();
    await awaited('the demo’s call', async () => (await seat.seen('popup')) || undefined);
    await (await seat.page('popup')).getByRole('button', { name: 'Answer' }).click();
    await (await seat.flyout()).getByText('Connected', { exact: true }).waitFor();
    await flyout.getByRole('button', { name: 'End the demo' }).click();
    await flyout.getByRole('button', { name: 'Sign in…' }).waitFor();
  });
});

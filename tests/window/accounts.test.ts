/** Two accounts side by side, as somebody who sits before the windows has them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { ANNA, BEN, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.signIn();
  await seat.signIn(BEN);
});
afterAll(() => seat?.stop());

const labels = async () => (await seat.tray()).menu.map(({ label }) => label).filter((label) => label !== '');
const server = () => `127.0.0.1:${seat.pbx.port}`;
const rows = async () => (await seat.flyout()).locator('.account-row');

describe('two accounts', () => {
  it('have a row each in the flyout, and a way out each in the menu', async () => {
    await soon(async () => (await rows()).allTextContents()).toEqual([
      `Anna Müller (340)${server()} · Connected, ready`,
      `Ben Olsen (341)${server()} · Connected, ready`,
    ]);
    expect((await seat.tray()).tooltip).toBe('Tapline: ready');
    await soon(labels).toEqual([
      'Dial…',
      'Diagnostics',
      'Sign in to another account…',
      `Sign out: anna, ${server()}`,
      `Sign out: ben, ${server()}`,
      'Quit',
    ]);
  });

  it('dial from the line that was chosen', async () => {
    seat.pbx.exchange.outside.set(SUPPLIER.number, { kind: 'answers' }, SUPPLIER.name);
    const flyout = await seat.flyout();
    await flyout.getByRole('combobox').selectOption({ label: 'Ben Olsen (341)' });
    await flyout.getByLabel('Number', { exact: true }).fill(SUPPLIER.number);
    await flyout.getByRole('button', { name: 'Dial', exact: true }).click();
    await soon(() => seat.pbx.exchange.channels(BEN.name).map(({ state }) => state)).toEqual(['talking']);
    expect(seat.channels()).toEqual([]);
    seat.pbx.exchange.clear();
  });

  it('stand for themselves: one that is stopped leaves the other at work, and is asked about alone', async () => {
    seat.pbx.changeCertificate();
    expect(seat.pbx.faults.cut(BEN.name)).toBe(1);
    const flyout = await seat.flyout();
    await flyout.getByRole('button', { name: 'Check the certificate…' }).waitFor();
    await soon(async () => (await seat.tray()).tooltip).toBe(
      `Tapline – ben, ${server()}: the sign-in needs you`,
    );
    await seat.ring();
    seat.pbx.exchange.clear();
    await soon(() => seat.seen('popup')).toBe(false);

    await (await seat.flyout()).getByRole('button', { name: 'Check the certificate…' }).click();
    await soon(() => seat.seen('signIn')).toBe(true);
    const form = await seat.page('signIn');
    await form.getByRole('heading', { name: `ben · ${server()}` }).waitFor();
    await form.getByRole('button', { name: 'Trust the new certificate' }).click();
    await soon(() => seat.seen('signIn')).toBe(false);
    await soon(async () => (await rows()).last().textContent()).toContain('Connected, ready');
    expect(await (await rows()).count()).toBe(2);
  });

  it('are signed out one by one, and one alone is no list', async () => {
    const flyout = await seat.flyout();
    await flyout.getByRole('button', { name: /^Sign out: ben/ }).click();
    await flyout.getByText(`Sign out of ben · ${server()}, and forget the password?`).waitFor();
    await flyout.getByRole('group').getByRole('button', { name: 'Sign out' }).click();
    await flyout.getByRole('heading', { name: 'Anna Müller (340)' }).waitFor();
    expect(await flyout.locator('.account-row').count()).toBe(0);
    await soon(() => seat.pbx.sessions().map(({ user }) => user)).toEqual([ANNA.name]);
    expect(seat.trouble()).toEqual([]);
  });
});

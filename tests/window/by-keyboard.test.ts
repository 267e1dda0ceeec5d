/** The same by keyboard alone: no step of it needs a mouse. A click on the tray icon is its Enter key, too. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { focusedName, focusIsSeen, pressAway, tabTo } from './support/keyboard.ts';
import { ANNA, BEN, CUSTOMER, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
});
afterAll(() => seat?.stop());

const states = () => seat.channels().map(({ state }) => state);
/** Goes to what is called so, and presses a key there. */
async function press(page: Page, name: string, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  expect(await focusIsSeen(page), `the focus on ${name} is seen`).toBe(true);
  await pressAway(page, key);
}
async function flyoutWithFocus(): Promise<Page> {
  const page = await seat.flyout();
  await soon(async () => (await seat.window('flyout'))?.focused).toBe(true);
  return page;
}

describe('signing in by keyboard alone', () => {
  it('goes from the flyout through the whole form', async () => {
    await press(await flyoutWithFocus(), 'Sign in…');
    await soon(async () => (await seat.window('signIn'))?.focused).toBe(true);
    const form = await seat.page('signIn');
    await soon(() => focusedName(form), 'the first box has the focus').toBe('Server');
    await form.keyboard.type(`127.0.0.1:${seat.pbx.port}`);
    await press(form, 'User name', 'Home');
    await form.keyboard.type(ANNA.name);
    await press(form, 'Password', 'Home');
    await form.keyboard.type(ANNA.password);
    await press(form, 'Test', 'Space');
    // The question has the focus as soon as it comes: its answers are next.
    await soon(() => focusedName(form)).toContain('certificate is not known');
    await press(form, 'Trust this certificate', 'Space');
    await form.getByText(/You can sign in/).waitFor();
    await press(form, 'Password', 'Enter');
    await soon(() => seat.seen('signIn')).toBe(false);
    await (await flyoutWithFocus()).getByText('Connected, ready').waitFor();
  });
});

describe('by keyboard alone', () => {
  beforeEach(async () => {
    seat.pbx.exchange.clear();
    await seat.app.controls.clickElsewhere();
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('a call is taken with F8 and hung up in the flyout', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Answer' }).waitFor();
    await popup.keyboard.press('F8');
    await soon(states).toEqual(['talking']);
    const flyout = await flyoutWithFocus();
    await press(flyout, 'Hang up');
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
  });

  it('a call is declined with F9', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Decline' }).waitFor();
    await popup.keyboard.press('F9');
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('a held key answers once', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Answer' }).waitFor();
    await popup.keyboard.down('F8');
    await popup.keyboard.down('F8');
    await popup.keyboard.down('F8');
    await popup.keyboard.up('F8');
    await soon(states).toEqual(['talking']);
    await seat.diagnostics();
    const asked = await seat.ask('diagnostics', 'followTrace', { from: 0 });
    const last = asked.findLast(({ label }) => label === 'OFFERING active')?.sequence ?? 0;
    const sent = asked.filter(({ label, sequence }) => label === 'phone.Offhook' && sequence > last);
    expect(sent).toHaveLength(1);
  });

  it('the buttons of the popup are reached by Tab, and Esc does not close it while it rings', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Answer' }).waitFor();
    await popup.keyboard.press('Escape');
    await tabTo(popup, 'Decline');
    expect(await focusIsSeen(popup)).toBe(true);
    expect(await seat.seen('popup')).toBe(true);
    expect(states()).toEqual(['ringing']);
    await press(popup, 'Answer', 'Space');
    await soon(states).toEqual(['talking']);
  });

  it('a call is taken in the flyout', async () => {
    const flyout = await flyoutWithFocus();
    await seat.ring();
    await flyout.getByRole('button', { name: 'Answer' }).waitFor();
    await press(flyout, 'Answer');
    await soon(states).toEqual(['talking']);
    await soon(() => focusedName(flyout), 'the focus stays at the call').toBe(CUSTOMER.name);
    await press(flyout, 'Hang up');
    await soon(() => focusedName(flyout), 'and is at home when the call has gone').toBe('Number');
  });

  it('a number is typed and dialled at once: the box has the focus', async () => {
    seat.pbx.exchange.outside.set(SUPPLIER.number, { kind: 'answers' }, SUPPLIER.name);
    const flyout = await flyoutWithFocus();
    await soon(() => focusedName(flyout)).toBe('Number');
    await flyout.keyboard.type('0049 (0) 30 1234567');
    await flyout.keyboard.press('Enter');
    await soon(states).toEqual(['talking']);
    expect(seat.channels()[0]?.peer.number).toBe('0049301234567');
    await press(flyout, 'Hang up', 'Space');
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
  });

  it('a colleague’s call is picked up', async () => {
    seat.pbx.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, BEN.extension);
    const flyout = await flyoutWithFocus();
    await flyout.getByRole('button', { name: 'Pick up' }).waitFor();
    await press(flyout, 'Pick up');
    await soon(states).toEqual(['talking']);
  });

  it('Esc closes the flyout and ends no call', async () => {
    await seat.talk();
    const flyout = await flyoutWithFocus();
    await flyout.getByRole('button', { name: 'Hang up' }).waitFor();
    await pressAway(flyout, 'Escape');
    await soon(() => seat.seen('flyout')).toBe(false);
    expect(states()).toEqual(['talking']);
  });

  it('the diagnostics are opened, their tabs chosen, and their lines walked', async () => {
    await press(await flyoutWithFocus(), 'Diagnostics');
    await soon(() => seat.seen('diagnostics')).toBe(true);
    const page = await seat.page('diagnostics');
    await tabTo(page, 'Trace');
    for (const tab of ['Call flow', 'TAPI messages']) {
      await page.keyboard.press('ArrowRight');
      expect(await focusedName(page)).toBe(tab);
      expect(await page.getByRole('tab', { name: tab }).getAttribute('aria-selected')).toBe('true');
    }
    await page.keyboard.press('Home');
    const grid = page.getByRole('grid');
    await grid.locator('tbody tr').first().waitFor();
    for (let stop = 0; stop < 20; stop += 1) {
      if (await grid.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Home');
    await soon(() => grid.locator('tr[aria-selected=true]').getAttribute('aria-rowindex')).toBe('2');
    await page.keyboard.press('ArrowDown');
    await soon(() => grid.locator('tr[aria-selected=true]').getAttribute('aria-rowindex')).toBe('3');
    await page.keyboard.press('Control+c');
    await soon(async () => (await seat.app.controls.state()).clipboard).not.toBe('');
  });

  it('signing out is asked, refused with Esc, and done', async () => {
    const flyout = await flyoutWithFocus();
    await press(flyout, 'Sign out');
    await soon(() => focusedName(flyout), 'the harmless answer has the focus').toBe('Cancel');
    await flyout.keyboard.press('Escape');
    await soon(() => focusedName(flyout)).toBe('Sign out');
    expect(await seat.seen('flyout')).toBe(true);
    expect(seat.pbx.sessions()).toHaveLength(1);
    await flyout.keyboard.press('Enter');
    await soon(() => focusedName(flyout)).toBe('Cancel');
    await press(flyout, 'Sign out');
    await soon(() => seat.pbx.sessions()).toEqual([]);
  });

  it('was without trouble', () => expect(seat.trouble()).toEqual([]));
});

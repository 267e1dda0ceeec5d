/** The dial box: what cannot be dialled is said, and what another program asks for is shown and never dialled. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { ANNA, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.signIn();
});
afterAll(() => seat?.stop());
beforeEach(() => seat.pbx.exchange.clear());

const box = (page: Page) => page.getByLabel('Number', { exact: true });
const dial = (page: Page) => page.getByRole('button', { name: 'Dial', exact: true });

describe('the dial box', () => {
  it.each(['---', '( )', '+'])('says that %s cannot be dialled, and sends nothing', async (text) => {
    const flyout = await seat.flyout();
    await box(flyout).fill(text);
    await dial(flyout).click();
    await flyout.getByRole('alert').getByText('This number cannot be dialled.').waitFor();
    expect(await box(flyout).inputValue()).toBe(text);
    expect(seat.pbx.exchange.channels()).toEqual([]);
    await box(flyout).fill('34');
    await flyout.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('says that the phone system refused, and can be used again', async () => {
    seat.pbx.exchange.setRegistered(ANNA.name, false);
    const flyout = await seat.flyout();
    await box(flyout).fill(SUPPLIER.number);
    await soon(async () => {
      const refused = await flyout.getByRole('alert').count();
      const off = (await dial(flyout).getAttribute('aria-disabled')) === 'true';
      if (refused === 0 && !off) await dial(flyout).click();
      return refused > 0 || off;
    }).toBe(true);
    expect(seat.pbx.exchange.channels()).toEqual([]);
    seat.pbx.exchange.setRegistered(ANNA.name, true);
    await soon(() => dial(flyout).getAttribute('aria-disabled')).toBe(null);
    await dial(flyout).click();
    await soon(() => seat.channels().length).toBe(1);
  });

  it('dials nothing when there is nothing in it', async () => {
    const flyout = await seat.flyout();
    await box(flyout).fill('   ');
    expect(await dial(flyout).getAttribute('aria-disabled')).toBe('true');
    await dial(flyout).click({ force: true });
    await box(flyout).press('Enter');
    expect(await flyout.getByRole('alert').count()).toBe(0);
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });

  it('shows that a number is busy, and why a call ended is no problem of the box', async () => {
    seat.pbx.exchange.outside.set(SUPPLIER.number, { kind: 'busy' }, SUPPLIER.name);
    const flyout = await seat.flyout();
    await box(flyout).fill(SUPPLIER.number);
    await dial(flyout).click();
    await soon(async () => ({
      cause: seat.pbx.exchange.journal(ANNA.name)[0]?.cause,
      alerts: await flyout.getByRole('alert').allTextContents(),
      box: await box(flyout).inputValue(),
    })).toEqual({ cause: 'busy', alerts: [], box: '' });
  });
});

describe('a link', () => {
  it.each([
    ['tel:+49-991-29691', '+49-991-29691'],
    ['tel:0891234567;phone-context=example.com', '0891234567'],
    ['callto:340', '340'],
    ['TEL://0891234567', '0891234567'],
  ])('%s fills the dial box, and dials nothing', async (link, shown) => {
    await seat.app.controls.clickElsewhere();
    await seat.app.controls.secondInstance('Tapline.exe', '--some-switch', link);
    await soon(() => seat.seen('flyout')).toBe(true);
    const flyout = await seat.page('flyout');
    await soon(() => box(flyout).inputValue()).toBe(shown);
    await flyout.getByText('A link or a program gave this number.').waitFor();
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });

  it('that comes while the flyout is open replaces what is in the box', async () => {
    const flyout = await seat.flyout();
    await box(flyout).fill('12');
    await seat.app.controls.openUrl('tel:34567');
    await soon(() => box(flyout).inputValue()).toBe('34567');
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });

  it.each([
    'tel:3%0a40',
    'tel:"340',
    'mailto:a@b.example',
    'tel:',
    `tel:${'1'.repeat(2_000)}`,
    'file:///etc/passwd',
  ])('%s shows the flyout at most, with an empty box', async (link) => {
    await seat.app.controls.clickElsewhere();
    await soon(() => seat.seen('flyout')).toBe(false);
    await seat.app.controls.secondInstance('Tapline.exe', link);
    await soon(() => seat.seen('flyout')).toBe(true);
    const flyout = await seat.page('flyout');
    await box(flyout).waitFor();
    expect(await box(flyout).inputValue()).toBe('');
    expect(seat.pbx.exchange.channels()).toEqual([]);
  });

  it('was without trouble', () => expect(seat.trouble()).toEqual([]));
});

describe('a link before anybody is signed in', () => {
  it('keeps its number while the form is filled in, and shows it then', async () => {
    const other = await takeSeat({ args: ['tel:0891234567'] });
    const wanted = 'To dial 0891234567, sign in first.';
    try {
      await soon(() => other.seen('flyout')).toBe(true);
      await (await other.page('flyout')).getByText(wanted).waitFor();
      await other.app.controls.clickElsewhere();
      await soon(() => other.seen('flyout')).toBe(false);
      await (await other.flyout()).getByText(wanted).waitFor();
      await other.signIn();
      await soon(() => other.seen('flyout'), 'it comes up again').toBe(true);
      await soon(async () => box(await other.page('flyout')).inputValue()).toBe('0891234567');
      expect(other.pbx.exchange.channels()).toEqual([]);
    } finally {
      await other.stop();
    }
  });
});

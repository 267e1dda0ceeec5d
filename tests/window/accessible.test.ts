/** axe-core finds nothing on any page of the running application, in both languages, light and dark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Language, WindowKind } from '../../contract/renderer-api.ts';
import { violations } from './support/axe.ts';
import { awaited, soon } from './support/condition.ts';
import { ANNA, BEN, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

const words = {
  en: {
    locale: 'en-US',
    diagnostics: 'Diagnostics',
    test: 'Test',
    dial: 'Dial',
    ladder: 'Call flow',
    tapi: 'TAPI messages',
  },
  de: {
    locale: 'de-DE',
    diagnostics: 'Diagnose',
    test: 'Testen',
    dial: 'Wählen',
    ladder: 'Ablauf eines Anrufs',
    tapi: 'TAPI-Meldungen',
  },
} as const satisfies Record<Language, object>;

describe.each(['en', 'de'] as const)('in %s', (language) => {
  const { locale, ...said } = words[language];
  let seat: Seat;
  beforeAll(async () => {
    seat = await takeSeat({ locale });
  });
  afterAll(() => seat?.stop());

  /** Nothing is wrong with a page, light and dark. */
  async function isClean(kind: WindowKind): Promise<void> {
    const page = await seat.page(kind);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    for (const dark of [false, true]) {
      await seat.app.controls.theme(dark, dark);
      await soon(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(dark);
      expect(await violations(page), dark ? 'dark' : 'light').toEqual([]);
    }
  }
  const press = async (kind: WindowKind, name: string) =>
    (await seat.page(kind)).getByRole('button', { name, exact: true }).click();

  it('the flyout of the first start', async () => {
    await soon(() => seat.seen('flyout')).toBe(true);
    await isClean('flyout');
  });

  it('the sign-in form, empty, with errors, and with a certificate nobody vouches for', async () => {
    await seat.flyout();
    expect(await seat.ask('flyout', 'openWindow', { kind: 'signIn' })).toEqual({ ok: true });
    await soon(() => seat.seen('signIn')).toBe(true);
    const form = await seat.page('signIn');
    await form.locator('input[name=server]').waitFor();
    await isClean('signIn');
    await press('signIn', said.test);
    await soon(() => form.locator('[aria-invalid=true]').count()).toBe(3);
    await isClean('signIn');
    await form.locator('input[name=server]').fill(`127.0.0.1:${seat.pbx.port}`);
    await form.locator('input[name=user]').fill(ANNA.name);
    await form.locator('input[name=password]').fill(ANNA.password);
    await press('signIn', said.test);
    await form.locator('.certificate').waitFor();
    await isClean('signIn');
    await form.locator('.certificate-trust').click();
    await soon(() => form.locator('.test-step-passed, .test-step-warned').count()).toBe(7);
    await isClean('signIn');
  });

  it('the flyout with an account, a refused number, calls and an offer', async () => {
    await seat.signIn();
    const flyout = await seat.flyout();
    await flyout.locator('input').first().waitFor();
    await isClean('flyout');
    await flyout.locator('input').first().fill('---');
    await press('flyout', said.dial);
    await flyout.getByRole('alert').waitFor();
    const { exchange } = seat.pbx;
    exchange.outside.call(SUPPLIER.number, SUPPLIER.name, BEN.extension);
    await seat.ring();
    exchange.answer(ANNA.name);
    await seat.ring({ number: '', name: '' });
    await soon(() => flyout.getByRole('listitem').count()).toBe(3);
    await flyout.getByRole('timer').waitFor();
    await isClean('flyout');
  });

  it('the popup with two callers, and without any', async () => {
    seat.pbx.exchange.clear();
    await soon(() => seat.seen('popup')).toBe(false);
    await isClean('popup');
    await seat.ring();
    const popup = await seat.ring(SUPPLIER);
    await soon(() => popup.getByRole('heading').count()).toBe(2);
    await isClean('popup');
  });

  it('the diagnostics: trace, chosen entry, call flow, TAPI messages', async () => {
    const page = await seat.diagnostics(said.diagnostics);
    await page.getByRole('grid').locator('tbody tr').first().waitFor();
    await isClean('diagnostics');
    await page.getByRole('grid').locator('tbody tr').nth(2).click();
    await soon(() => page.locator('tr[aria-selected=true]').count()).toBe(1);
    await isClean('diagnostics');
    await page.getByRole('tab', { name: said.ladder }).click();
    await isClean('diagnostics');
    const calls = page.getByRole('tabpanel').getByRole('combobox');
    const [call] = (
      await calls.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
    ).filter((one) => one !== '0');
    await calls.selectOption(call ?? '');
    await page.getByText('OFFERING active').first().waitFor();
    await isClean('diagnostics');
    await page.getByRole('tab', { name: said.tapi }).click();
    await isClean('diagnostics');
  });

  it('the flyout with a lost connection, the form with a password that is wrong', async () => {
    seat.pbx.exchange.clear();
    const flyout = await seat.flyout();
    seat.pbx.faults.refuseLogins();
    seat.pbx.faults.cut();
    await awaited('the problem', async () => (await flyout.locator('.note').count()) > 0 || undefined);
    await isClean('flyout');
    const { accounts } = await seat.ask('flyout', 'subscribe', {});
    const account = accounts?.[0]?.key ?? '';
    expect(await seat.ask('flyout', 'openWindow', { kind: 'signIn', account })).toEqual({ ok: true });
    await soon(() => seat.seen('signIn')).toBe(true);
    await (await seat.page('signIn')).getByRole('alert').waitFor();
    await isClean('signIn');
  });

  it('was without trouble', () => {
    expect(seat.trouble()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  account,
  certificate,
  certificateProblem,
  changedCertificate,
  changedCertificateProblem,
  fingerprint,
  problem,
  slices,
} from '../testing/samples.ts';
import { again, nobody, refused, type, typed } from '../testing/sign-in-form.ts';
import type { Act } from '../testing/stage.ts';
import { args, button, withPage } from '../testing/theatre.ts';

const signIn = withPage('signIn');

describe('an unknown certificate', () => {
  const unknown = { ...refused, problem: certificateProblem, certificate } as const;
  const trust = (act: Act) => button(act, 'Trust this certificate');

  it('is shown whole, in words of its reader', () =>
    signIn({ ...nobody, results: { signIn: unknown } }, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      await trust(act).waitFor();
      const { what, why, todo } = certificateProblem;
      const heading = act.page.getByRole('heading', { name: what });
      expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await act.page.locator('.certificate dd').allTextContents()).toEqual([
        fingerprint,
        certificate.subject,
        'The server itself',
        'March 17, 2026 at 10:30 AM – March 17, 2027 at 10:30 AM',
      ]);
      for (const said of [why, todo]) expect(await act.page.getByText(said).count()).toBe(1);
      expect(await act.page.getByRole('alert').count(), 'the question says it').toBe(0);
    }));

  it('is trusted by a word, and what it stopped goes on', () =>
    signIn({ ...nobody, results: { testSignIn: unknown, signIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).waitFor();
      await act.answer('testSignIn', { ok: true });
      await trust(act).click();
      await act.page.getByText('Everything works. You can sign in.').waitFor();
      await act.answer('signIn', { ok: true });
      await button(act, 'Sign in').click();
      expect(await args(act, 'testSignIn')).toEqual([
        { ...typed, test: 1 },
        { ...typed, test: 2, certificate: fingerprint },
      ]);
      expect(await args(act, 'signIn')).toEqual([{ ...typed, certificate: fingerprint }]);
    }));

  it('is not trusted by whoever wants to ask first', () =>
    signIn({ ...nobody, results: { signIn: unknown } }, async (act) => {
      await type(act);
      await act.page.keyboard.press('Enter');
      await button(act, 'Ask first').click();
      expect(await trust(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([typed, typed]);
    }));

  it('is forgotten with its word when the server changes', () =>
    signIn({ ...nobody, results: { testSignIn: unknown } }, async (act) => {
      await type(act);
      await button(act, 'Test').click();
      await trust(act).click();
      await act.page.getByRole('textbox', { name: 'Server' }).fill('other.example.com');
      expect(await trust(act).count()).toBe(0);
      await button(act, 'Sign in').click();
      expect(await args(act, 'signIn')).toEqual([{ ...typed, server: 'other.example.com' }]);
    }));
});

describe('a certificate that stops an account', () => {
  const stopped = slices({
    accounts: [
      {
        ...account,
        state: 'failed',
        problem: changedCertificateProblem,
        certificate: changedCertificate,
      },
    ],
  });

  it('shows what has changed, and goes on without the password', () =>
    signIn({ slices: stopped }, async (act) => {
      await again(act);
      await act.page.getByRole('heading', { name: changedCertificateProblem.what }).waitFor();
      expect((await act.page.locator('.certificate dd').allTextContents()).slice(0, 2)).toEqual([
        fingerprint,
        changedCertificate.before,
      ]);
      expect(await act.page.getByRole('textbox').count()).toBe(0);
      await button(act, 'Trust the new certificate').click();
      expect(await args(act, 'trustCertificate')).toEqual([{ account: account.key, fingerprint }]);
      await expect.poll(() => args(act, 'closeWindow')).toEqual([{}]);
    }));

  it('leaves everything as it is for whoever asks first', () =>
    signIn({ slices: stopped }, async (act) => {
      await again(act);
      await button(act, 'Ask first').click();
      expect(await args(act, 'closeWindow')).toEqual([{}]);
      expect(await args(act, 'trustCertificate')).toEqual([]);
    }));

  it('says why its word was not taken', () =>
    signIn({ slices: stopped, results: { trustCertificate: { ok: false, problem } } }, async (act) => {
      await again(act);
      await button(act, 'Trust the new certificate').click();
      await act.page.getByRole('alert').getByText(problem.what).waitFor();
      expect(await args(act, 'closeWindow')).toEqual([]);
    }));
});

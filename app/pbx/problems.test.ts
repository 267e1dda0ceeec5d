import { describe, expect, it } from 'vitest';
import type { SessionProblem } from './port.ts';
import { describeProblem, problemCodes } from './problems.ts';

/** Every stage: a new one in the port is a compile error here until it is listed. */
const stages: Record<SessionProblem['stage'], true> = {
  resolve: true,
  connect: true,
  tls: true,
  signIn: true,
  bind: true,
  userInfo: true,
  online: true,
};
const allStages = Object.keys(stages) as SessionProblem['stage'][];

const every: readonly SessionProblem[] = problemCodes().flatMap((code) =>
  allStages.flatMap((stage) => [
    { code, stage, detail: 'ECONNRESET' },
    { code, stage, detail: 'ECONNRESET', pbx: 'asterisk' },
  ]),
);

describe('describeProblem', () => {
  it.each(['de', 'en'] as const)('says in %s what, why and what to do, in whole sentences', (language) => {
    for (const problem of every) {
      const { what, why, todo } = describeProblem(problem, language);
      for (const sentence of [what, why, todo]) {
        expect(sentence).toMatch(/^[A-ZÄÖÜ].*\.$/);
        expect(sentence).not.toMatch(/[{}]|undefined|ECONNRESET/);
      }
    }
  });

  it('says nothing of XMPP to whoever uses Asterisk', () => {
    for (const problem of every.filter(({ pbx, code }) => pbx && code !== 'domainUnknown'))
      for (const language of ['de', 'en'] as const)
        expect(Object.values(describeProblem(problem, language)).join(' ')).not.toMatch(/XMPP|STARTTLS/);
  });

  it('says that Asterisk tells a wrong secret, user and address apart from nothing', () => {
    const { why } = describeProblem(
      { code: 'wrongPassword', stage: 'signIn', detail: '', pbx: 'asterisk' },
      'en',
    );
    expect(why).toMatch(/secret.*user.*computer.*same in all three/);
  });

  it('says it differently in each language, and for each problem', () => {
    const said = problemCodes().flatMap((code) =>
      (['de', 'en'] as const).map(
        (language) => describeProblem({ code, stage: 'tls', detail: '' }, language).what,
      ),
    );
    expect(new Set(said).size).toBe(said.length);
  });

  it('names the stage at which a server could not be reached or fell silent', () => {
    const why = (code: 'unreachable' | 'silent', stage: SessionProblem['stage']) =>
      describeProblem({ code, stage, detail: '' }, 'en').why;
    expect(why('unreachable', 'connect')).toContain('while connecting');
    expect(new Set(allStages.map((stage) => why('silent', stage))).size).toBe(allStages.length);
  });

  it('does not say of a refused password how often it was tried: that differs', () => {
    for (const language of ['de', 'en'] as const)
      expect(
        describeProblem({ code: 'wrongPassword', stage: 'signIn', detail: '' }, language).why,
      ).not.toMatch(/einmal|dreimal|once|three/);
  });

  describe('of a certificate', () => {
    const said = (code: 'certificateUntrusted' | 'certificateChanged', complaint: string) => {
      const certificate = {
        fingerprint: 'AA:BB',
        subject: 'CN=pbx',
        issuer: 'CN=pbx',
        validFrom: 0,
        validTo: 1,
        complaint,
      };
      return describeProblem({ code, stage: 'tls', detail: '', certificate }, 'en').why;
    };

    it('says that no password was sent', () => {
      for (const code of ['certificateUntrusted', 'certificateChanged'] as const)
        expect(said(code, 'DEPTH_ZERO_SELF_SIGNED_CERT')).toContain('your password was not sent');
    });

    it('says whether an authority vouches for the one that is another than before', () => {
      expect(said('certificateChanged', '')).toContain('; a certificate authority confirms');
      expect(said('certificateChanged', 'CERT_HAS_EXPIRED')).toContain('; no certificate authority confirms');
    });
  });
});

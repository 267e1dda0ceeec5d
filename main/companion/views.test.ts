import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallStatus, CallVerb } from '../../app/calls/call.ts';
import { features } from '../../app/calls/features.ts';
import type { SessionProblem } from '../../app/pbx/port.ts';
import { call, line, zoe } from '../testing/samples.ts';
import {
  accountView,
  callView,
  callViews,
  hintViews,
  lineViews,
  mayGoPlain,
  offerViews,
  testStepView,
  traceRow,
} from './views.ts';

describe('a call', () => {
  it('has exactly the verbs that features() allows and windows know', () => {
    const status = fc.constantFrom<CallStatus>(
      { state: 'idle' },
      { state: 'offering', mode: 'active' },
      { state: 'accepted' },
      { state: 'dialtone', mode: 'normal' },
      { state: 'ringback' },
      { state: 'connected', mode: 'active' },
      { state: 'onHold' },
      { state: 'disconnected', mode: 'normal' },
      { state: 'unknown' },
    );
    const verbs = fc.subarray<CallVerb>(['accept', 'answer', 'drop', 'hold', 'unhold', 'blindTransfer']);
    fc.assert(
      fc.property(status, verbs, (entered, can) => {
        const made = call({ status: entered, can: new Set(can) });
        const allowed = features(made);
        const { verbs: shown } = callView(made);
        expect(shown.every((verb) => allowed.has(verb))).toBe(true);
        for (const verb of ['answer', 'hold', 'unhold', 'drop'] as const)
          expect(shown.includes(verb), verb).toBe(allowed.has(verb));
      }),
    );
  });

  it('shows its ends as they are, and whether the caller hid', () => {
    const view = callView(call({ caller: { number: '', name: '', withheld: true } }));
    expect(view.caller).toEqual({ number: '', name: '', withheld: true });
    expect(view.called).toEqual({ number: '340', name: 'Anna Müller', withheld: false });
  });

  it('stands behind the ones that began before it, and stays there when its state changes', () => {
    const calls = {
      1: call({ id: 1, since: 20 }),
      2: call({ id: 2, since: 10 }),
      3: call({ id: 3, since: 15 }),
    };
    expect(callViews(calls).map(({ id }) => id)).toEqual([1, 2, 3]);
    const last = 0xffff_ffff;
    const around = { 1: call({ id: 1 }), 2: call({ id: 2 }), [last]: call({ id: last }) };
    expect(callViews(around).map(({ id }) => id)).toEqual([last, 1, 2]);
  });

  it('crosses to a page: it is made of plain values', () => {
    const view = callView(call());
    expect(structuredClone(view)).toEqual(view);
  });
});

describe('hints', () => {
  it('are shown with their account, in the language of the moment', () => {
    const text = (de: string, en: string) => ({ de, en });
    const told = {
      code: 'pipes',
      subject: 'line_1',
      what: text('was', 'what'),
      why: text('warum', 'why'),
      todo: text('tun', 'do'),
    };
    const german = { code: 'pipes', subject: 'line_1', what: 'was', why: 'warum', todo: 'tun' };
    expect(hintViews({ acme: [told], other: [], branch: [{ ...told, subject: '' }] }, 'de')).toEqual([
      { account: 'acme', ...german },
      { account: 'branch', ...german, subject: '' },
    ]);
    expect(hintViews({ acme: [told] }, 'en')).toMatchObject([{ what: 'what', why: 'why', todo: 'do' }]);
  });
});

describe('going on without encryption', () => {
  const problem = (code: SessionProblem['code'], stage: SessionProblem['stage']): SessionProblem => ({
    code,
    stage,
    detail: '',
  });

  it.each([
    ['noEncryption', 'tls', true],
    ['unreachable', 'connect', true],
    ['unreachable', 'tls', true],
    ['unreachable', 'resolve', false],
    ['certificateUntrusted', 'tls', false],
    ['certificateChanged', 'tls', false],
    ['wrongPassword', 'signIn', false],
    ['hostUnknown', 'resolve', false],
  ] as const)('after %s at %s is offered at an Asterisk: %s', (code, stage, offered) => {
    expect(mayGoPlain({ kind: 'asterisk' }, problem(code, stage))).toBe(offered);
    expect(mayGoPlain({ kind: 'asterisk', plainText: true }, problem(code, stage))).toBe(false);
    expect(mayGoPlain({ kind: 'mobydick' }, problem(code, stage))).toBe(false);
  });

  it('is not offered for a port that somebody named and nobody listens at', () => {
    const named = { kind: 'asterisk', port: 5038 } as const;
    expect(mayGoPlain(named, problem('unreachable', 'connect'))).toBe(false);
    expect(mayGoPlain(named, problem('unreachable', 'tls'))).toBe(true);
    expect(mayGoPlain(named, problem('noEncryption', 'tls'))).toBe(true);
  });
});

describe('an account', () => {
  const identity = {
    key: 'acme',
    kind: 'mobydick',
    server: 'pbx.example.com',
    user: 'anna',
    demo: false,
  } as const;
  const problem = (change: Partial<SessionProblem>): SessionProblem => ({
    code: 'unreachable',
    stage: 'connect',
    detail: 'ECONNREFUSED 10.0.0.1:5222',
    ...change,
  });

  it('is connecting before its session says anything', () => {
    expect(accountView(identity, undefined, 'en')).toEqual({
      ...identity,
      state: 'connecting',
      refused: false,
      needsDomain: false,
    });
  });

  it('says in the language of the moment why it waits, and keeps what the system said for the trace', () => {
    const session = { state: 'waiting', delay: 1_000, problem: problem({}) } as const;
    expect(accountView(identity, session, 'en').problem?.what).toBe('The server cannot be reached.');
    const german = accountView(identity, session, 'de');
    expect(german.problem?.what).toBe('Der Server ist nicht erreichbar.');
    expect(JSON.stringify(german)).not.toContain('ECONNREFUSED');
    expect(german).not.toHaveProperty('certificate');
    expect(german.needsDomain).toBe(false);
  });

  const certificate = {
    fingerprint: 'AB:CD',
    subject: 'CN=pbx',
    issuer: 'CN=pbx',
    validFrom: 1_000,
    validTo: 2_000,
    complaint: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  };
  const { complaint: _, ...shown } = certificate;

  it('asks for the word on an unknown certificate', () => {
    const session = {
      state: 'failed',
      problem: problem({ code: 'certificateUntrusted', certificate }),
    } as const;
    expect(accountView(identity, session, 'en').certificate).toEqual({ ...shown, changed: false });
  });

  it('tells a changed certificate from the one that was trusted', () => {
    const session = {
      state: 'failed',
      problem: problem({ code: 'certificateChanged', certificate }),
    } as const;
    expect(accountView({ ...identity, trusted: 'EF:01' }, session, 'en').certificate).toEqual({
      ...shown,
      changed: true,
      before: 'EF:01',
    });
  });

  it('asks for no certificate where that is not the problem', () => {
    const session = { state: 'waiting', delay: 1, problem: problem({ certificate }) } as const;
    expect(accountView(identity, session, 'en')).not.toHaveProperty('certificate');
  });

  it('asks for the domain where nobody else knows it', () => {
    const session = { state: 'failed', problem: problem({ code: 'domainUnknown' }) } as const;
    expect(accountView(identity, session, 'en').needsDomain).toBe(true);
  });

  it('says that the password was refused, also while it is tried again', () => {
    const wrong = problem({ code: 'wrongPassword', stage: 'signIn' });
    const session = { state: 'waiting', delay: 30_000, problem: wrong } as const;
    expect(accountView(identity, session, 'en').refused).toBe(true);
  });

  it('keeps the fingerprint that is trusted to itself while nothing is wrong', () => {
    const online = accountView({ ...identity, trusted: 'EF:01' }, { state: 'online', resumed: false }, 'en');
    expect(online).toEqual({ ...identity, state: 'online', refused: false, needsDomain: false });
  });
});

describe('a step of the connection test', () => {
  it('speaks the language of the moment', () => {
    const text = { de: 'deutsch', en: 'English' };
    const step = { step: 'tls', result: 'warned', duration: 12, what: text, todo: text } as const;
    expect(testStepView(step, 'de')).toEqual({ ...step, what: 'deutsch', todo: 'deutsch' });
    expect(testStepView({ step: 'tls', result: 'passed', duration: 12, what: text }, 'en')).toEqual({
      step: 'tls',
      result: 'passed',
      duration: 12,
      what: 'English',
    });
  });
});

describe('lines, offers and trace', () => {
  it('a line has the name that TAPI programs show', () => {
    expect(lineViews({ 'acme/anna': line() })).toEqual([
      {
        key: 'acme/anna',
        account: 'acme',
        name: 'Anna Müller (340)',
        extension: '340',
        inService: true,
        canDial: true,
        canPickup: true,
      },
    ]);
  });

  it('an offer is one only where its line can take it', () => {
    const offers = [{ account: 'acme', user: 'anna', target: '341', targetName: 'Ben', caller: zoe }];
    const taken = {
      line: 'acme/anna',
      target: '341',
      targetName: 'Ben',
      caller: { ...zoe, withheld: false },
    };
    expect(offerViews(offers, { 'acme/anna': line() })).toEqual([taken]);
    expect(offerViews(offers, {})).toEqual([]);
    expect(offerViews(offers, { 'acme/anna': line({ inService: false }) })).toEqual([]);
    expect(offerViews(offers, { 'acme/anna': line({ canPickup: false }) })).toEqual([]);
    const namesake = line({ key: 'other/anna', account: 'other' });
    expect(offerViews(offers, { 'other/anna': namesake }), 'of another account').toEqual([]);
  });

  it('a trace row without account or call says so by empty values', () => {
    const entry = { sequence: 3, at: 5.5, leg: 'link', direction: 'out', label: 'line', detail: '' } as const;
    expect(traceRow(entry)).toEqual({ ...entry, account: '', call: 0 });
    expect(traceRow({ ...entry, account: 'acme', call: 7 })).toEqual({ ...entry, account: 'acme', call: 7 });
  });
});

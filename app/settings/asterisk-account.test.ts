import { describe, expect, it } from 'vitest';
import { MAX_LINES } from '../pbx/asterisk/account.ts';
import { parseAccount } from './account.ts';

const jan = { name: 'PJSIP/831', channel: 'PJSIP/831', extension: '831', person: 'Jan Lorenz' };
const good = {
  kind: 'asterisk',
  key: 'asterisk:tapline@pbx',
  host: 'pbx.example',
  port: 5038,
  user: 'tapline',
  context: 'office',
  lines: [jan],
};
const PIN = Array.from({ length: 32 }, () => 'AB').join(':');
const problemsOf = (input: unknown) => {
  const parsed = parseAccount(input);
  return parsed.ok ? [] : parsed.problems;
};
const fieldsOf = (input: unknown) => problemsOf(input).map(({ field }) => field);

describe('an Asterisk account', () => {
  it('is taken, and nothing that is not of it', () => {
    expect(parseAccount({ ...good, secret: 'never here', resource: 'x', domain: 'y' })).toEqual({
      ok: true,
      account: good,
    });
    const whole = { ...good, pinnedCertificate: PIN, plainText: true, autoAnswer: true, remoteAnswer: true };
    expect(parseAccount(whole)).toEqual({ ok: true, account: whole });
  });

  it('needs no port, and dials from where most phones do', () => {
    const { port: _, context: __, ...typed } = good;
    for (const input of [typed, { ...typed, port: null, context: ' ' }, { ...typed, context: null }])
      expect(parseAccount(input)).toEqual({ ok: true, account: { ...typed, context: 'from-internal' } });
  });

  it('takes its phones as text too', () => {
    expect(parseAccount({ ...good, lines: ' PJSIP/831  831 Jan Lorenz\n' })).toEqual({
      ok: true,
      account: good,
    });
  });

  it('takes phones that say no more than they have to', () => {
    expect(parseAccount({ ...good, lines: [{ name: 'SIP/bob' }] })).toMatchObject({
      ok: true,
      account: { lines: [{ name: 'SIP/bob', channel: 'SIP/bob', extension: '', person: '' }] },
    });
  });

  it.each(['tapline', 'Anna Müller', 'a.b-c_d'])('takes the manager user %s', (user) => {
    expect(fieldsOf({ ...good, user })).toEqual([]);
  });
  it.each(['', '[tapline]', 'a;b', 'a\nb', 'x'.repeat(80), 7])('refuses the manager user %j', (user) => {
    expect(fieldsOf({ ...good, user })).toEqual(['user']);
  });
  it.each(['a b', 'a,b', '$EXTEN', '[x]', 'x'.repeat(80)])('refuses the context %j', (context) => {
    expect(fieldsOf({ ...good, context })).toEqual(['context']);
  });

  it.each([
    ['none', undefined, 'No phone is given'],
    ['an empty list', [], 'No phone is given'],
    ['an empty text', ' \n ', 'No phone is given'],
    ['something else', { 0: jan }, 'unreadable'],
    ['one that is none', [jan, { ...jan, name: '831', channel: '831' }], 'Phone 2: This is no phone'],
    ['one that is no object', [7], 'Phone 1: This is no phone'],
    ['a name that a dial plan would read', [{ ...jan, name: 'a&b' }], "Phone 1: The line's name"],
    ['a name that is no text', [{ ...jan, name: 7 }], "Phone 1: The line's name"],
    ['an extension that is none', [{ ...jan, extension: '83x' }], 'Phone 1: The extension'],
    ['a name with a line end in it', [{ ...jan, person: 'a\0b' }], "Phone 1: The person's name"],
    ['one twice, in another case', [jan, { ...jan, name: 'pjsip/831' }], 'there already (Phone 1)'],
    ['too many', Array.from({ length: MAX_LINES + 1 }, (_, at) => ({ name: `SIP/${at}` })), 'more than'],
  ])('refuses %s for its phones', (_what, lines, said) => {
    const problems = problemsOf({ ...good, lines });
    expect(problems.map(({ field }) => field)).toEqual(['lines']);
    expect(problems[0]?.text.en).toContain(said);
  });

  it('takes as many phones as there can be', () => {
    const lines = Array.from({ length: MAX_LINES }, (_, at) => ({ name: `SIP/${at}` }));
    const parsed = parseAccount({ ...good, lines });
    expect(parsed.ok && parsed.account.kind === 'asterisk' && parsed.account.lines.length).toBe(MAX_LINES);
  });

  it('tells every problem, in both languages', () => {
    const problems = problemsOf({
      kind: 'asterisk',
      port: 'x',
      plainText: 1,
      autoAnswer: 1,
      remoteAnswer: 1,
      context: 'a b',
      lines: ['', ''],
    });
    expect(problems.map(({ field }) => field)).toEqual([
      'key',
      'host',
      'port',
      'user',
      'plainText',
      'context',
      'autoAnswer',
      'remoteAnswer',
      'lines',
      'lines',
    ]);
    for (const { text } of problems)
      for (const sentence of [text.de, text.en]) expect(sentence).toMatch(/^[A-Z].*[:].*\.$/);
  });
});

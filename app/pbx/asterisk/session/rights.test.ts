import { describe, expect, it } from 'vitest';
import type { AmiAnswer, AmiConnection } from '../ami/connection.ts';
import type { AmiHeader } from '../ami/packet.ts';
import { askPhone, unknownPhone } from './phone-check.ts';
import { type AmiRights, allowedActions, classOf, may } from './rights.ts';
import { missingRights } from './rights-texts.ts';

const answering = (answer: AmiAnswer): AmiConnection => ({
  newActionId: () => '1',
  action: async () => answer,
  list: async () => ({ ok: true, items: [] }),
});
const yes = (...headers: readonly AmiHeader[]): AmiAnswer => ({
  ok: true,
  packet: { headers },
  actionId: '1',
});
const REFUSED: AmiAnswer = { ok: false, code: 'refused', detail: 'Invalid/unknown command' };

describe('the rights of a user', () => {
  const rights = (actions: readonly string[], call: AmiRights['reads']['call'] = 'yes'): AmiRights => ({
    actions: new Set(actions),
    reads: { call, user: 'unknown', system: 'unknown' },
    context: 'unknown',
  });

  it('are the actions that Asterisk lists', async () => {
    const listed = yes(
      ['Response', 'Success'],
      ['ActionID', 'x'],
      ['Originate', 'Originate a call.  (Priv: originate,all)'],
      ['Ping', 'Keepalive command.  (Priv: <none>)'],
    );
    const actions = await allowedActions(answering(listed));
    expect([...actions]).toEqual(['originate', 'ping']);
    expect(may({ ...rights([]), actions }, 'ORIGINATE')).toBe(true);
    expect(may({ ...rights([]), actions }, 'Response')).toBe(false);
  });

  it('are all that is needed where Asterisk does not list them: it will refuse by itself', async () => {
    expect(missingRights({ ...rights([]), actions: await allowedActions(answering(REFUSED)) })).toEqual([]);
  });

  it('that are missing are told by class', () => {
    const codes = (given: AmiRights) => missingRights(given).map(({ code }) => code);
    expect(codes(rights(['originate', 'redirect']))).toEqual([]);
    expect(codes(rights(['originate', 'redirect'], 'unknown'))).toEqual([]);
    expect(codes(rights([], 'unknown'))).toEqual(['missing-originate', 'missing-call']);
    expect(codes(rights(['originate', 'redirect'], 'no'))).toEqual(['missing-readCall']);
  });

  it('are told in whole sentences of both languages, with the class to add', () => {
    for (const hint of [...missingRights(rights([], 'no')), unknownPhone('PJSIP/831')])
      for (const language of ['de', 'en'] as const)
        for (const text of [hint.what, hint.why, hint.todo]) expect(text[language]).toMatch(/^[A-ZÄÖÜ].*\.$/);
  });
});

it.each([
  ['call,all', 'call'],
  ['user,all', 'user'],
  ['system,all', 'system'],
  ['dialplan,all', undefined],
  ['recall,all', undefined],
])('an event with the privilege %s is of class %s', (privilege, known) => {
  expect(classOf({ headers: [['Privilege', privilege]] })).toBe(known);
  expect(classOf({ headers: [] })).toBeUndefined();
});

describe('a phone', () => {
  it.each([
    ['NOT_INUSE', 'free'],
    ['RINGING', 'inCall'],
    ['UNAVAILABLE', 'absent'],
    ['INVALID', 'invalid'],
    ['UNKNOWN', undefined],
    ['', 'never'],
  ])('that Asterisk calls %j is %s', async (value, state) => {
    expect(await askPhone(answering(yes(['Value', value])), 'PJSIP/831')).toBe(state);
  });

  it('is not known where Asterisk does not say, and not asked for by a name that is none', async () => {
    expect(await askPhone(answering(REFUSED), 'PJSIP/831')).toBe('never');
    expect(await askPhone(answering(yes(['Value', 'NOT_INUSE'])), 'PJSIP/831)')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { AsteriskAccount } from '../account.ts';
import type { AmiRights } from '../session/rights.ts';
import { abilitiesOf, missingForAnswer, pbxUser } from './abilities.ts';

const line = { name: 'bob', channel: 'PJSIP/bob', extension: '1002', person: 'Bob Builder' };
const account: AsteriskAccount = {
  host: 'pbx',
  user: 'tapline',
  secret: async () => '',
  context: 'phones',
  lines: [line],
};

const rights = (actions: readonly string[], call: AmiRights['reads']['call'] = 'yes'): AmiRights => ({
  actions: new Set(actions.map((action) => action.toLowerCase())),
  reads: { call, user: 'unknown', system: 'unknown' },
  context: 'unknown',
});

const ORIGINATE = ['Originate'];
const CALL = ['Hangup', 'Redirect', 'BlindTransfer', 'PlayDTMF', 'Bridge', 'Status'];
const SYSTEM = ['PJSIPNotify'];

const able = (...given: Parameters<typeof abilitiesOf>) => [...abilitiesOf(...given)].sort().join(' ');

describe('what can be done for a line', () => {
  it.each([
    ['nothing', [], ''],
    ['originate', ORIGINATE, 'dial pickup pickupGroup'],
    ['call', CALL, 'digits hangup redirect transfer'],
    ['both', [...ORIGINATE, ...CALL], 'consult dial digits hangup pickup pickupGroup redirect transfer'],
  ])('by a user who may write %s', (_, actions, abilities) => {
    expect(able(line, account, rights(actions))).toBe(abilities);
  });

  it('by a user of an old Asterisk: transfers by Redirect', () => {
    expect(able(line, account, rights(['Hangup', 'Redirect']))).toBe('hangup redirect transfer');
  });

  it('is no pickup by number where neither events nor a list tell what rings', () => {
    expect(able(line, account, rights(ORIGINATE, 'no'))).toBe('dial pickupGroup');
    expect(able(line, account, rights([...ORIGINATE, 'Status'], 'no'))).toBe('dial pickup pickupGroup');
  });

  it('is to answer where phones can be told to, and only there', () => {
    const remote = { ...account, remoteAnswer: true } as const;
    expect(able(line, remote, rights(SYSTEM))).toBe('answer');
    expect(able({ ...line, channel: 'SIP/bob' }, remote, rights(SYSTEM))).toBe('');
    expect(able(line, account, rights(SYSTEM))).toBe('');
    expect(able(line, remote, rights([]))).toBe('');
  });
});

describe('a line', () => {
  it('is a user of the port by its name', () => {
    expect(pbxUser(line, account, rights(ORIGINATE))).toMatchObject({
      user: 'bob',
      name: 'Bob Builder',
      extension: '1002',
      answers: 'channel',
      holds: 'channel',
      phone: 'PJSIP/bob',
    });
  });
});

describe('a hint', () => {
  it('says that phones cannot be told to answer, where they are meant to be', () => {
    const remote = { ...account, remoteAnswer: true } as const;
    const [hint] = missingForAnswer(remote, rights(CALL));
    expect(hint).toMatchObject({ code: 'missing-system', about: 'rights' });
    expect(missingForAnswer(remote, rights(SYSTEM))).toEqual([]);
    expect(missingForAnswer(account, rights(CALL))).toEqual([]);
  });
});

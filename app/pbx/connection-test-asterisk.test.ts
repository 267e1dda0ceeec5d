import { beforeEach, describe, expect, it } from 'vitest';
import { unknownPhone } from './asterisk/session/phone-check.ts';
import { missingRights } from './asterisk/session/rights-texts.ts';
import { stepName, TEST_STEPS, type TestStepName } from './connection-test.ts';
import type { PbxHint, PbxUser } from './port.ts';
import { ConnectionTestRig } from './testing/connection-test-rig.ts';

const LINE: PbxUser = {
  user: 'PJSIP/831',
  name: 'Anna Müller',
  extension: '831',
  abilities: new Set(['hangup']),
  answers: 'channel',
  holds: 'channel',
  role: 'user',
  phone: 'PJSIP/831',
};

let rig: ConnectionTestRig;
beforeEach(() => {
  rig = new ConnectionTestRig();
});

const tested = (hints: readonly PbxHint[], plainText = false) => {
  rig.start({ pbx: 'asterisk' });
  rig.reach('resolve', 'connect', 'tls');
  rig.say({
    type: 'session',
    session: { state: 'connecting', stage: 'signIn', ...(plainText && { plainText }) },
  });
  rig.reach('userInfo');
  for (const hint of hints) rig.say({ type: 'hint', hint });
  rig.phone('free', LINE.user);
  rig.online(LINE, { ...LINE, user: 'PJSIP/832' });
  return (step: TestStepName) => rig.step(step);
};

const rights = (actions: readonly string[], call: 'yes' | 'no' = 'yes') =>
  missingRights({
    actions: new Set(actions),
    reads: { call, user: 'unknown', system: 'unknown' },
    context: 'unknown',
  });

describe('a test of Asterisk', () => {
  it('passes with the least user, and says what is set up', () => {
    const step = tested(rights(['originate', 'redirect']));
    expect(rig.results).toEqual(['passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'passed']);
    expect(step('userInfo')?.what.en).toBe('Set up: Anna Müller, extension 831 and 1 more.');
    expect(step('role')?.what.en).toContain('all that Tapline needs');
  });

  it('names each class that is missing, what it switches off, and where to add it', () => {
    const step = tested(rights([], 'no'));
    expect(step('role')?.result).toBe('warned');
    const { en = '' } = step('role')?.what ?? {};
    for (const words of ['neither dial', 'hang up', 'class "originate" at "write"', 'class "call" come'])
      expect(en).toContain(words);
    expect(step('role')?.todo?.de).toMatch(/„originate“ bei „write“.*„call“ bei „write“.*„call“ bei „read“/);
    expect(step('phone')?.result).toBe('passed');
  });

  it('says of a phone that Asterisk does not know, and of no other line', () => {
    const step = tested([unknownPhone('PJSIP/832')]);
    expect(step('phone')?.result).toBe('passed');
    rig = new ConnectionTestRig();
    const other = tested([unknownPhone('PJSIP/831')]);
    expect(other('phone')).toMatchObject({
      result: 'warned',
      what: { en: expect.stringContaining("does not know this line's phone") },
    });
  });

  it('warns of a connection that is not encrypted in words of manager.conf', () => {
    const step = tested([], true);
    expect(step('tls')).toMatchObject({
      result: 'warned',
      todo: { en: expect.stringContaining('tlsenable') },
    });
  });

  it('speaks nowhere of XMPP, and calls its steps what they are', () => {
    tested(rights([], 'no'), true);
    expect(JSON.stringify(rig.told)).not.toMatch(/XMPP|STARTTLS/);
    expect(TEST_STEPS.map((step) => stepName(step, 'asterisk').en)).toEqual([
      'Find the server',
      'Connect',
      'Encrypt',
      'Check user and password',
      'Lines',
      'Rights',
      'Phone',
    ]);
    expect(stepName('role', undefined).en).toBe('Role');
  });
});

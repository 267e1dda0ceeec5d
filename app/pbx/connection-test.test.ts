import { beforeEach, describe, expect, it } from 'vitest';
import { settled } from '../testing/scripted-pbx.ts';
import { PHONE_WAIT, TEST_DEADLINE, TEST_STEPS } from './connection-test.ts';
import type { Certificate, PbxUser, PhoneState } from './port.ts';
import { ANNA, ConnectionTestRig, STAGES } from './testing/connection-test-rig.ts';

let rig: ConnectionTestRig;
beforeEach(() => {
  rig = new ConnectionTestRig();
});

describe('a test of an account that works', () => {
  it('tells each step as it ends, with its time, and signs out', async () => {
    rig.start();
    expect(rig.pbx.started).toBe(1);
    for (const stage of STAGES) {
      rig.reach(stage);
      rig.clock.advance(10);
    }
    expect(rig.lines).toEqual(['name passed 10', 'tcp passed 10', 'tls passed 10', 'signIn passed 20']);
    rig.online(ANNA);
    expect(rig.lines.slice(4)).toEqual(['userInfo passed 10', 'role passed 0']);
    rig.clock.advance(5);
    rig.phone('free');
    expect(rig.lines.slice(6)).toEqual(['phone passed 5']);
    await settled();
    expect(rig.result).toEqual({ passed: true, cancelled: false, steps: rig.told });
    expect(rig.pbx.stopped).toBe(1);
    expect(rig.clock.waiting).toBe(0);
  });

  it('says who was found, in which role, and how the phone stands', async () => {
    rig.start();
    rig.reach(...STAGES);
    rig.phone('inCall');
    rig.online({ ...ANNA, role: 'supervisor' }, { ...ANNA, user: 'Ben' });
    await settled();
    expect(rig.result?.passed).toBe(true);
    expect(rig.told.slice(4).map(({ what }) => what)).toEqual([
      {
        de: 'Die Telefonanlage kennt: Anna Müller, Nebenstelle 340 und 1 weitere.',
        en: 'The phone system knows: Anna Müller, extension 340 and 1 more.',
      },
      {
        de: 'Supervisor: Die Telefonanlage lässt diesen Benutzer auch für andere handeln.',
        en: 'Supervisor: the phone system lets this user act for others, too.',
      },
      {
        de: 'Das Telefon „SIP anna“ ist angemeldet und telefoniert gerade.',
        en: 'The phone "SIP anna" is registered and in a call.',
      },
    ]);
  });

  it('shows a name of the server without what steers a terminal, and cut', () => {
    rig.start();
    rig.reach(...STAGES);
    rig.online({ ...ANNA, name: `\u001b[31mAnna\u202e${'x'.repeat(300)}`, phone: '' });
    const { en = '' } = rig.step('userInfo')?.what ?? {};
    expect(en).toMatch(/^The phone system knows: \[31mAnna x+…, extension 340\.$/);
    expect(en.length).toBeLessThan(130);
  });
});

describe('the phone', () => {
  const phoneStep = (user: PbxUser, state?: PhoneState) => {
    rig.start();
    rig.reach(...STAGES);
    if (state) rig.phone(state);
    rig.online(user);
    rig.clock.advance(PHONE_WAIT);
    return rig.step('phone');
  };

  it('that is not registered is a note, with a remedy', async () => {
    expect(phoneStep(ANNA, 'absent')).toMatchObject({
      result: 'warned',
      what: { en: 'The phone "SIP anna" is not registered with the phone system.' },
      todo: { de: 'Schalten Sie das Telefon ein und prüfen Sie sein Netzwerkkabel.' },
    });
    await settled();
    expect(rig.result?.passed).toBe(true);
  });

  it('of which the PBX says nothing is waited for a short time', async () => {
    rig.start();
    rig.reach(...STAGES);
    rig.online(ANNA);
    rig.phone('free', 'Ben');
    rig.clock.advance(PHONE_WAIT - 1);
    expect(rig.step('phone')).toBeUndefined();
    rig.clock.advance(1);
    expect(rig.step('phone')).toMatchObject({ result: 'warned', duration: PHONE_WAIT });
    expect(rig.step('phone')?.what.en).toContain('the phone system does not say');
    await settled();
    expect(rig.result?.passed).toBe(true);
  });

  it('that the PBX does not name is a note at once', () => {
    const { phone: _, ...without } = ANNA;
    rig.start();
    rig.reach(...STAGES);
    rig.online(without);
    expect(rig.step('phone')).toMatchObject({
      result: 'warned',
      duration: 0,
      what: { en: 'The phone system names no phone for this user.' },
    });
  });

  it.each([
    [['dial'], 'Tapline cannot answer on it.', 'Tapline kann an ihm nicht annehmen.'],
    [['answer'], 'Tapline cannot dial with it.', 'Tapline kann mit ihm nicht wählen.'],
    [
      ['hangup'],
      'Tapline can neither dial nor answer with it.',
      'Tapline kann mit ihm weder wählen noch annehmen.',
    ],
  ] as const)('that can only %o is a note that says what it cannot', (abilities, en, de) => {
    const { what, result: how, todo } = phoneStep({ ...ANNA, abilities: new Set(abilities) }, 'free') ?? {};
    expect(how).toBe('warned');
    expect(what?.en).toBe(`The phone "SIP anna" is registered and free. ${en}`);
    expect(what?.de).toBe(`Das Telefon „SIP anna“ ist angemeldet und frei. ${de}`);
    expect(todo?.en).toContain('at the phone itself');
  });

  it('is not there where the PBX names no user', async () => {
    rig.start();
    rig.reach(...STAGES);
    rig.online();
    await settled();
    expect(rig.told.slice(4).map(({ result: how }) => how)).toEqual(['warned', 'warned', 'warned']);
    expect(rig.step('userInfo')?.what.en).toContain('there is no line');
  });
});

describe('a test that fails', () => {
  const certificate: Certificate = {
    fingerprint: 'AA:BB',
    subject: 'CN=pbx',
    issuer: 'CN=pbx',
    validFrom: 0,
    validTo: 1,
    complaint: 'self-signed',
  };

  it.each([
    ['hostUnknown', 'resolve', 'name'],
    ['unreachable', 'connect', 'tcp'],
    ['noEncryption', 'tls', 'tls'],
    ['certificateUntrusted', 'tls', 'tls'],
    ['wrongPassword', 'signIn', 'signIn'],
    ['accountRefused', 'bind', 'signIn'],
    ['noUserInfo', 'userInfo', 'userInfo'],
  ] as const)(
    'with %s at %s stops at the step %s and tests nothing after it',
    async (code, stage, failing) => {
      rig.start();
      rig.reach(...STAGES.slice(0, STAGES.indexOf(stage) + 1));
      rig.meets({ code, stage, detail: 'x' });
      const at = TEST_STEPS.indexOf(failing);
      expect(rig.results).toEqual(
        TEST_STEPS.map((_, index) => (index < at ? 'passed' : index === at ? 'failed' : 'skipped')),
      );
      await settled();
      expect(rig.result).toMatchObject({ passed: false, cancelled: false, problem: { code, stage } });
      expect(rig.pbx.stopped).toBe(1);
      expect(rig.pbx.started).toBe(1);
    },
  );

  it('shows the certificate that was not trusted', () => {
    rig.start();
    rig.reach('tls');
    rig.meets({ code: 'certificateUntrusted', stage: 'tls', detail: '', certificate });
    expect(rig.step('tls')?.certificate).toEqual(certificate);
  });

  it('while the phone is waited for fails at the phone', async () => {
    rig.start();
    rig.reach(...STAGES);
    rig.online(ANNA);
    rig.meets({ code: 'lost', stage: 'online', detail: '' });
    expect(rig.step('phone')).toMatchObject({ result: 'failed' });
    await settled();
    expect(rig.result?.passed).toBe(false);
    expect(rig.clock.waiting).toBe(0);
  });

  it('without a password has tested nothing', () => {
    rig.start();
    rig.reach('resolve');
    rig.meets({ code: 'passwordMissing', stage: 'resolve', detail: '' });
    expect(rig.results).toEqual(['skipped', 'skipped', 'skipped', 'failed', 'skipped', 'skipped', 'skipped']);
  });

  it('at a name that is looked up for ever fails at the name', () => {
    rig.start();
    rig.reach('resolve');
    rig.meets({ code: 'unreachable', stage: 'connect', detail: '' });
    expect(rig.lines[0]).toMatch(/^name failed/);
  });

  it('at another port after the first has answered fails at the step under way', () => {
    rig.start();
    rig.reach('resolve', 'connect', 'tls', 'connect');
    rig.meets({ code: 'lost', stage: 'connect', detail: '' });
    expect(rig.lines.slice(0, 3)).toEqual(['name passed 0', 'tcp passed 0', 'tls failed 0']);
  });

  it.each(['noUserInfo', 'silent', 'lost', 'wrongServer', 'wrongPassword', 'domainUnknown'] as const)(
    'with %s promises no second attempt',
    (code) => {
      rig.start();
      rig.reach(...STAGES);
      rig.meets({ code, stage: 'userInfo', detail: '' });
      const { todo } = rig.step('userInfo') ?? {};
      expect(todo?.de).toMatch(/\.$/);
      expect(todo?.de).not.toContain('von selbst');
      expect(todo?.en).not.toContain('by itself');
    },
  );
});

describe('a session in plain text', () => {
  it('is no encrypted one: the step says so', async () => {
    rig.start();
    rig.reach('tls');
    rig.say({ type: 'session', session: { state: 'connecting', stage: 'signIn', plainText: true } });
    expect(rig.step('tls')).toMatchObject({ result: 'warned' });
    expect(rig.step('tls')?.what.de).toContain('nicht verschlüsselt');
    rig.online(ANNA);
    rig.phone('free');
    await settled();
    expect(rig.result?.passed).toBe(true);
  });
});

describe('a test that does not end by itself', () => {
  it('ends at its own deadline, at the step under way', async () => {
    rig.start();
    rig.reach('resolve');
    rig.reach('connect');
    rig.clock.advance(TEST_DEADLINE - 1);
    expect(rig.told).toHaveLength(1);
    rig.clock.advance(1);
    expect(rig.step('tcp')).toMatchObject({ result: 'failed', duration: TEST_DEADLINE });
    expect(rig.step('tcp')?.what.en).toContain('The server does not answer.');
    await settled();
    expect(rig.result).toMatchObject({ passed: false, problem: { code: 'silent', stage: 'connect' } });
    expect(rig.pbx.stopped).toBe(1);
  });

  it('can be cancelled: nothing failed, and it signs out', async () => {
    const cancelling = new AbortController();
    rig.start({ signal: cancelling.signal });
    rig.reach('resolve');
    rig.reach('connect');
    cancelling.abort();
    expect(rig.results).toEqual(['passed', ...Array(6).fill('skipped')]);
    expect(rig.step('tcp')?.what.de).toBe('Nicht geprüft: Der Test wurde abgebrochen.');
    await settled();
    expect(rig.result).toMatchObject({ passed: false, cancelled: true });
    expect(rig.pbx.stopped).toBe(1);
    expect(rig.clock.waiting).toBe(0);
  });

  it('does not begin when it was cancelled before', async () => {
    rig.start({ signal: AbortSignal.abort() });
    await settled();
    expect(rig.result).toMatchObject({ passed: false, cancelled: true });
    expect(rig.pbx.started).toBe(0);
  });

  it('ends also when the adapter never has signed out', async () => {
    rig.pbx.stop = () => new Promise(() => undefined);
    rig.start();
    rig.meets({ code: 'lost', stage: 'connect', detail: '' });
    await settled();
    expect(rig.result).toBeUndefined();
    rig.clock.advance(60_000);
    await settled();
    expect(rig.result?.passed).toBe(false);
  });
});

it('ends with what its listener throws, and signs out', async () => {
  const running = rig.run(() => {
    throw new Error('no window');
  });
  rig.reach('connect');
  await expect(running).rejects.toThrow('no window');
  expect(rig.pbx.stopped).toBe(1);
});

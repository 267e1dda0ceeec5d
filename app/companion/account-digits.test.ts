import { describe, expect, it } from 'vitest';
import { AccountRig, able, user } from '../testing/account-rig.ts';
import { settled } from '../testing/scripted-pbx.ts';
import { DIGIT_PAUSE_MS } from './deadlines.ts';

function talking(): AccountRig {
  const rig = AccountRig.online([user('anna', '370', able)]);
  rig.ring('anna', 'PJSIP/a-1');
  rig.report('anna', 'PJSIP/a-1', 'busy');
  rig.news();
  return rig;
}

const sent = (rig: AccountRig): string => rig.pbx.told.map((told) => told.at(-1)).join('');

describe('digits', () => {
  it('go out one after the other, and are answered when the last one is sent', async () => {
    const rig = talking();
    rig.generateDigits(1, '1#');
    expect(rig.pbx.told).toEqual(['sendDigits anna PJSIP/a-1 1']);
    await rig.pbx.last.succeed();
    expect(rig.news()).toEqual([]);
    await rig.pbx.last.succeed();
    expect(sent(rig)).toBe('1#');
    expect(rig.news()).toEqual(['generateDigits 1 ok']);
  });

  it('skip what is none, and wait at a comma', async () => {
    const rig = talking();
    rig.generateDigits(1, 'x1 ,\r\nd');
    await rig.pbx.last.succeed();
    expect(sent(rig)).toBe('1');
    rig.clock.advance(DIGIT_PAUSE_MS);
    await rig.pbx.last.succeed();
    expect(sent(rig)).toBe('1D');
    expect(rig.news()).toEqual(['generateDigits 1 ok']);
  });

  it('that are none at all are sent at once', () => {
    const rig = talking();
    rig.generateDigits(1, 'hello!'.replaceAll('e', ''));
    expect(rig.news()).toEqual(['generateDigits 1 ok']);
    expect(rig.pbx.told).toEqual([]);
  });

  it('stop where they are given up, without an answer', async () => {
    const rig = talking();
    const pending = rig.generateDigits(1, '12,3');
    await rig.pbx.last.succeed();
    pending.cancel();
    await rig.pbx.last.succeed();
    rig.clock.advance(DIGIT_PAUSE_MS);
    expect(sent(rig)).toBe('12');
    expect(rig.news()).toEqual([]);
    expect(rig.clock.waiting).toBe(0);
  });

  it('stop for newer ones, when the PBX refuses, and when the call ends', async () => {
    const rig = talking();
    rig.generateDigits(1, '12');
    const first = rig.pbx.last;
    rig.generateDigits(1, '34');
    await first.succeed();
    await rig.pbx.last.fail('refused');
    rig.generateDigits(1, '5,6');
    await rig.pbx.last.succeed();
    rig.report('anna', 'PJSIP/a-1', 'gone');
    await settled();
    expect(rig.answers).toEqual([
      'generateDigits 1 operationFailed',
      'generateDigits 1 operationFailed',
      'generateDigits 1 operationFailed',
    ]);
    expect(sent(rig)).toBe('135');
    expect(rig.clock.waiting).toBe(0);
  });

  it('need a call that talks', () => {
    const rig = AccountRig.online([user('anna', '370', able)]);
    rig.ring('anna', 'PJSIP/a-1');
    rig.generateDigits(1, '1');
    expect(rig.answers).toEqual(['generateDigits 1 invalidCallState']);
  });
});

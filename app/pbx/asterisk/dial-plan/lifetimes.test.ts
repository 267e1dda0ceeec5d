import { describe, expect, it } from 'vitest';
import { LATE_LIMIT, MAX_CALLS_PER_LINE, RINGING_LIMIT, TALKING_LIMIT } from './limits.ts';
import {
  a,
  b,
  CONNECTED,
  c,
  IDLE,
  line,
  OFFERING,
  phoneB,
  Rig,
  ringB,
  state,
  told,
} from './testing/events.ts';

describe('the end of a call', () => {
  it('is its channel hanging up, where IDLE does not come', () => {
    const rig = new Rig(b);
    rig.say('1', ...ringB);
    expect(told(rig.hangup('1'))).toEqual(['PJSIP/b gone unsaid']);
    expect(rig.hints).toEqual([]);
    rig.pass(LATE_LIMIT);
    expect(rig.codes).toEqual(['idleMissing PJSIP/b']);
  });

  it('is no fault of the dial plan where IDLE comes after the Hangup', () => {
    const rig = new Rig(b);
    rig.say('1', ...ringB);
    rig.hangup('1');
    expect(rig.say('1', IDLE)).toEqual([]);
    rig.pass(LATE_LIMIT);
    expect(rig.codes).toEqual([]);
  });

  it('is the Hangup of the phone that answered, and not of a caller who transferred', () => {
    const rig = new Rig(b);
    rig.say('1', ...ringB);
    rig.say(phoneB, `[~1&PJSIP/b] ${CONNECTED}`);
    expect(rig.hangup('1')).toEqual([]);
    expect(told(rig.hangup('2'))).toEqual(['PJSIP/b gone unsaid']);
  });

  it('is known of lines that are not called like their phone', () => {
    const rig = new Rig(line('line_1'));
    rig.say('1', 'LINE_NEWCALL line_1', OFFERING);
    rig.say(phoneB, `[~1&line_1] ${CONNECTED}`);
    expect(rig.hangup('1')).toEqual([]);
    expect(told(rig.hangup('2'))).toEqual(['line_1 gone unsaid']);
  });

  it('is the Hangup of the line that called, and not of whom it called', () => {
    const rig = new Rig(line('line_1'));
    rig.say('1', 'LINE_NEWCALL line_1', state('DIALING'));
    rig.say('2', `[~1&line_1] ${CONNECTED}`);
    expect(rig.hangup('2')).toEqual([]);
    expect(told(rig.hangup('1'))).toEqual(['line_1 gone unsaid']);
  });

  it("is the Hangup of the line's own phone, wherever that spoke first", () => {
    const rig = new Rig(b);
    rig.say('1', ...ringB, CONNECTED);
    rig.say(phoneB, `[~1&PJSIP/b] ${state('ONHOLD')}`);
    expect(rig.hangup('1')).toEqual([]);
    expect(told(rig.hangup('2'))).toEqual(['PJSIP/b gone unsaid']);
  });

  it('is a limit, where nothing else comes: a short one while it rings, a long one while they talk', () => {
    const rig = new Rig(a, b);
    rig.say('1', ...ringB);
    rig.say('3', 'LINE_NEWCALL PJSIP/a', state('DIALING'), CONNECTED);
    expect(rig.calls.due()).toBe(RINGING_LIMIT);
    expect(rig.pass(RINGING_LIMIT - 1)).toEqual([]);
    expect(told(rig.pass(1))).toEqual(['PJSIP/b gone unsaid']);
    expect(told(rig.pass(TALKING_LIMIT))).toEqual(['PJSIP/a gone unsaid']);
    expect(rig.codes).toEqual(['idleMissing PJSIP/b', 'idleMissing PJSIP/a']);
    rig.pass(LATE_LIMIT);
    expect(rig.calls.due()).toBeUndefined();
  });

  it('is not the end of the next call with the same Uniqueid', () => {
    const rig = new Rig(b);
    const first = rig.say('1', ...ringB, IDLE);
    const second = rig.say('1', ...ringB, IDLE);
    expect(told(first)).toEqual(told(second));
    expect(second[0]?.call).not.toBe(first[0]?.call);
  });

  it('makes room: no line keeps more calls than its limit', () => {
    const rig = new Rig(a);
    const facts = Array.from({ length: MAX_CALLS_PER_LINE + 1 }, (_, at) =>
      rig.say(String(at), 'LINE_NEWCALL PJSIP/a', OFFERING),
    );
    expect(told(facts[MAX_CALLS_PER_LINE - 1] ?? [])).toEqual(['PJSIP/a ringing']);
    expect(told(facts[MAX_CALLS_PER_LINE] ?? [])).toEqual(['PJSIP/a gone unsaid', 'PJSIP/a ringing']);
  });
});

describe('a list of what lives', () => {
  it('ends what is not in it, and spares what began meanwhile', () => {
    const rig = new Rig(a, b, c);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', OFFERING);
    rig.say('3', 'LINE_NEWCALL PJSIP/b', OFFERING);
    rig.calls.beginListing();
    rig.say('4', 'LINE_NEWCALL PJSIP/c', OFFERING);
    expect(told(rig.calls.listed(new Set(['3']), 0))).toEqual(['PJSIP/a gone unsaid']);
    expect(rig.calls.listed(new Set(), 0)).toEqual([]);
  });

  it('asks for the phone that answered, where that is known', () => {
    const rig = new Rig(b);
    rig.say('1', ...ringB);
    rig.say(phoneB, `[~1&PJSIP/b] ${CONNECTED}`);
    rig.calls.beginListing();
    expect(rig.calls.listed(new Set(['2']), 0)).toEqual([]);
    rig.calls.beginListing();
    expect(told(rig.calls.listed(new Set(['1']), 0))).toEqual(['PJSIP/b gone unsaid']);
  });

  it('that cannot be had: everything is forgotten, and nothing is told', () => {
    const rig = new Rig(a);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', OFFERING);
    rig.calls.reset();
    expect(rig.calls.due()).toBeUndefined();
    expect(rig.say('1', IDLE)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { HANGUP_GRACE } from './limits.ts';
import {
  a,
  b,
  CONNECTED,
  c,
  HANGUP,
  IDLE,
  OFFERING,
  phoneB,
  Rig,
  ringB,
  state,
  told,
} from './testing/events.ts';

describe('several lines', () => {
  it.each([
    ['', ['PJSIP/a', 'PJSIP/b']],
    ['[~1]', ['PJSIP/a', 'PJSIP/b']],
    ['[PJSIP/b]', ['PJSIP/b']],
    ['[!PJSIP/b]', ['PJSIP/a']],
    ['[~1&PJSIP/a]', ['PJSIP/a']],
    ['[~1&!PJSIP/a]', ['PJSIP/b']],
    ['[~1&PJSIP/a&PJSIP/b]', ['PJSIP/a', 'PJSIP/b']],
    ['[~1&PJSIP/a&PJSIP/b&!pjsip/A]', ['PJSIP/b']],
    ['[~1&!PJSIP/a&!PJSIP/b]', []],
    ['[~7]', []],
    ['[~7&!PJSIP/a]', []],
  ])('%j reaches those it names', (targets, lines) => {
    const rig = new Rig(a, b, c);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', 'LINE_NEWCALL PJSIP/b');
    rig.say('9', 'LINE_NEWCALL PJSIP/c', OFFERING);
    expect(rig.say('1', `${targets} ${OFFERING}`).map((fact) => fact.line)).toEqual(lines);
  });

  it('of which two talk to each other are kept apart', () => {
    const rig = new Rig(a, b);
    const facts = [
      ...rig.say(
        { id: '1', channel: 'PJSIP/a-00000009' },
        'LINE_NEWCALL PJSIP/a',
        state('DIALING'),
        ...ringB,
      ),
      ...rig.say(phoneB, `[~1&PJSIP/b] ${CONNECTED}`, `[~1&PJSIP/a] ${CONNECTED}`, `[~1&!PJSIP/b] ${HANGUP}`),
      ...rig.say('1', IDLE),
    ];
    expect(told(facts)).toEqual([
      'PJSIP/a dialed',
      'PJSIP/b ringing',
      'PJSIP/b busy',
      'PJSIP/a busy',
      'PJSIP/a gone unsaid',
      'PJSIP/b gone unsaid',
    ]);
  });

  it('are found by whose channel it is, where the dial plan names a call that nobody knows', () => {
    const rig = new Rig(a, b);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', OFFERING);
    const facts = rig.say({ id: '2', linked: '1' }, `[~7&PJSIP/a] ${CONNECTED}`, `[~7&PJSIP/b] ${CONNECTED}`);
    expect(told(facts)).toEqual(['PJSIP/a busy', 'PJSIP/b busy']);
    expect(facts[0]?.ids).toEqual(['1', '2']);
    expect(facts[1]?.ids).toContain('7');
  });

  it('are found by their name, where the sender belongs to no call', () => {
    const rig = new Rig(a);
    const [ringing] = rig.say('1', 'LINE_NEWCALL PJSIP/a', OFFERING);
    const [busy] = rig.say('2', `[PJSIP/a] ${CONNECTED}`);
    expect(busy?.call).toBe(ringing?.call);
    expect(rig.say('3', `[PJSIP/a] ${OFFERING}`)[0]?.call).not.toBe(ringing?.call);
  });

  it('are one each, however often an event names them', () => {
    const rig = new Rig(a, b);
    expect(told(rig.say('1', `[PJSIP/a&pjsip/A] ${OFFERING}`))).toEqual(['PJSIP/a ringing']);
    expect(told(rig.say('1', IDLE))).toEqual(['PJSIP/a gone unsaid']);
  });

  it('stop ringing a moment after another has answered, though HANGUP never comes', () => {
    const rig = new Rig(a, b);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', 'LINE_NEWCALL PJSIP/b', OFFERING);
    rig.say(phoneB, `[~1&PJSIP/b] ${CONNECTED}`);
    expect(rig.pass(HANGUP_GRACE - 1)).toEqual([]);
    // A name that is looked up meanwhile is no sign of life.
    rig.say('1', '[~1&PJSIP/a] SET CALLERIDNAME Zoë');
    expect(told(rig.pass(1))).toEqual(['PJSIP/a gone answeredElsewhere']);
    expect(rig.codes).toEqual(['hangupMissing PJSIP/a']);
  });

  it('ring on where nobody has answered yet', () => {
    const rig = new Rig(a, b);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', 'LINE_NEWCALL PJSIP/b', OFFERING);
    // The caller's own channel: a machine has answered, no phone.
    rig.say('1', `[~1&PJSIP/b] ${CONNECTED}`);
    expect(rig.pass(HANGUP_GRACE)).toEqual([]);
    expect(rig.codes).toEqual([]);
  });

  it('hear it when the one that answered is none of ours', () => {
    const rig = new Rig(a);
    rig.say('1', 'LINE_NEWCALL PJSIP/a', 'LINE_NEWCALL PJSIP/b', OFFERING);
    rig.say(phoneB, `[~1&PJSIP/b] ${CONNECTED}`);
    expect(told(rig.pass(HANGUP_GRACE))).toEqual(['PJSIP/a gone answeredElsewhere']);
  });
});

import { describe, expect, it } from 'vitest';
import { RINGING_LIMIT } from './limits.ts';
import { a, b, CONNECTED, IDLE, OFFERING, Rig, told } from './testing/events.ts';

describe('Asterisk 1.4 to 1.8, without a Uniqueid', () => {
  const none = {};

  it('takes the newest call, and learns its Uniqueid when it is named', () => {
    const rig = new Rig(a, b);
    const facts = [
      ...rig.say(none, 'LINE_NEWCALL PJSIP/a', OFFERING),
      ...rig.say(none, 'LINE_NEWCALL PJSIP/b', 'SET CALLERID 7', OFFERING),
      ...rig.say(none, `[~9.2&PJSIP/b] ${CONNECTED}`, IDLE),
    ];
    expect(told(facts)).toEqual([
      'PJSIP/a ringing',
      'PJSIP/b ringing',
      'PJSIP/b busy',
      'PJSIP/b gone unsaid',
    ]);
    expect(facts.at(-1)?.ids).toEqual(['9.2']);
    expect(rig.codes).toEqual(['uniqueidMissing']);
    expect(told(rig.pass(RINGING_LIMIT))).toEqual(['PJSIP/a gone unsaid']);
  });

  it('gives two calls of one line two names', () => {
    const rig = new Rig(a);
    const [first, second] = [1, 2].map(() => rig.say(none, 'LINE_NEWCALL PJSIP/a', OFFERING)[0]);
    expect(first?.call).not.toBe(second?.call);
  });

  it('keeps a Uniqueid once it is known', () => {
    const rig = new Rig(a);
    rig.say(none, 'LINE_NEWCALL PJSIP/a', OFFERING);
    rig.say(none, `[~9.2&PJSIP/a] ${CONNECTED}`);
    expect(rig.say(none, `[~9.3&PJSIP/a] ${OFFERING}`)[0]?.ids).toEqual(['9.3']);
    expect(told(rig.hangup('9.2'))).toEqual(['PJSIP/a gone unsaid']);
  });

  it('does not ring by a call that turns out to be the one we dialled', () => {
    const rig = new Rig(a);
    rig.calls.originated({ id: 'tapline-1', line: 'PJSIP/a', call: 1, kind: 'dial', target: '7' });
    rig.say(none, 'LINE_NEWCALL PJSIP/a');
    rig.say(none, '[~tapline-1&PJSIP/a] SET CALLEDID 7');
    const facts = rig.say('tapline-1', 'LINE_LINEDEVSTATE RINGING', OFFERING, CONNECTED);
    expect(told(facts)).toEqual(['PJSIP/a busy']);
    expect(facts[0]?.direction).toBe('outbound');
  });

  it('is not told of another call by an event about another line', () => {
    const rig = new Rig(a, b);
    rig.say(none, 'LINE_NEWCALL PJSIP/a', OFFERING);
    expect(told(rig.say(none, `[~9.2&PJSIP/b] ${CONNECTED}`))).toEqual(['PJSIP/b busy']);
    expect(told(rig.say(none, `[~9.3&PJSIP/a] ${CONNECTED}`))).toEqual(['PJSIP/a busy']);
  });

  it('cannot know from a list whether a call lives, and ends it', () => {
    const rig = new Rig(a);
    rig.say(none, 'LINE_NEWCALL PJSIP/a', OFFERING);
    rig.calls.beginListing();
    expect(told(rig.calls.listed(new Set(['1']), 0))).toEqual(['PJSIP/a gone unsaid']);
  });
});

import { describe, expect, it } from 'vitest';
import { a, CONNECTED, line, OFFERING, Rig, told, userEvent } from './testing/events.ts';

describe('hints', () => {
  it('name a line that is spelt otherwise, and take a channel for its line', () => {
    const rig = new Rig(line('PJSIP/831', { extension: '831', person: 'Eva' }));
    rig.say('1', 'LINE_NEWCALL SIP/831', 'LINE_NEWCALL 831', 'LINE_NEWCALL eva', 'LINE_NEWCALL SIP/832');
    expect(told(rig.say('2', 'LINE_NEWCALL PJSIP/831-0000001f', OFFERING))).toEqual(['PJSIP/831 ringing']);
    expect(rig.codes).toEqual([
      'lineUnknown SIP/831',
      'lineUnknown 831',
      'lineUnknown eva',
      'lineIsChannel PJSIP/831',
    ]);
    expect(rig.hints[0]?.what.en).toBe(
      'The dial plan calls the line "SIP/831", the account calls it "PJSIP/831".',
    );
  });

  it('are not needed where the dial plan names what the account calls, as the generated one does', () => {
    const other = line('line_2', { channel: 'PJSIP/832' });
    const rig = new Rig(line('line_1', { channel: 'PJSIP/831' }), other, line('PJSIP/832'));
    expect(told(rig.say('1', 'LINE_NEWCALL pjsip/831', `[~1&PJSIP/831] ${OFFERING}`))).toEqual([
      'line_1 ringing',
    ]);
    expect(told(rig.say('2', 'LINE_NEWCALL PJSIP/832', OFFERING)), 'a name counts first').toEqual([
      'PJSIP/832 ringing',
    ]);
    expect(rig.codes).toEqual([]);
  });

  it('know a Local channel by its two halves', () => {
    const rig = new Rig(line('Local/831@phones'));
    for (const half of ['1', '2'])
      expect(told(rig.say(half, `LINE_NEWCALL Local/831@phones-0000001f;${half}`, OFFERING))).toEqual([
        'Local/831@phones ringing',
      ]);
  });

  it('keep quiet about the lines of other people', () => {
    const rig = new Rig(a);
    rig.say('1', 'LINE_NEWCALL line_2', 'LINE_NEWCALL PJSIP/x', `[~1&line_2] ${CONNECTED}`);
    expect(rig.hints).toEqual([]);
  });

  it('come once in a session, in two languages, and never without end', () => {
    const rig = new Rig(a);
    rig.say('1', 'SET FOO 1', 'SET FOO 2');
    expect(rig.codes).toEqual(['wordUnknown SET FOO']);
    expect(rig.hints[0]?.what).toEqual({
      de: 'Der Wählplan meldet etwas, das Tapline nicht kennt: SET FOO.',
      en: 'The dial plan tells something that Tapline does not know: SET FOO.',
    });
    rig.calls.newSession();
    rig.say('1', 'SET FOO 1');
    expect(rig.codes).toHaveLength(2);
    for (let at = 0; at < 1_000; at += 1)
      rig.say('1', `LINE_CALLSTATE ${'X'.repeat((at % 40) + 1)}${'_'.repeat(at % 7)}`);
    expect(rig.hints.length).toBeLessThan(120);
  });

  it('carry no control character of the dial plan', () => {
    const rig = new Rig(line('PJSIP/831', { extension: '831' }));
    rig.calls.take(userEvent('LINE_NEWCALL SIP/831', { id: '1', headers: [['Context', 'a\u0007b']] }), 0);
    rig.calls.take(userEvent('', { id: '1', headers: [['Context', 'a\u0007b']] }), 0);
    expect(JSON.stringify(rig.hints)).not.toMatch(/\\u0007/);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmiHeader, AmiPacket } from '../ami/packet.ts';
import { parseTapiEvent } from './grammar.ts';
import { ORIGINS, STATES } from './words.ts';

const packet = (...headers: AmiHeader[]): AmiPacket => ({ headers });
/** As Asterisk 12 and later send it. */
const modern = (text: string) =>
  packet(
    ['Event', 'UserEvent'],
    ['Channel', 'PJSIP/trunk-00000001'],
    ['Uniqueid', '1.1'],
    ['Linkedid', '1.1'],
    ['UserEvent', 'TAPI'],
    ['TAPIEVENT', text],
  );
const parsed = (text: string) => parseTapiEvent(modern(text));
const command = (text: string) => parsed(text)?.event?.command;
const oddity = (given: AmiPacket) => parseTapiEvent(given)?.oddity?.code;

describe('the commands', () => {
  it.each([...STATES])('takes %s', (word, state) => {
    expect(command(`LINE_CALLSTATE ${word}`)).toEqual({ kind: 'state', state });
    expect(command(`line_callstate ${word.toLowerCase()}`)).toEqual({ kind: 'state', state });
  });

  it('knows every call state of TAPI, and HANGUP', () => {
    expect(STATES.size).toBe(17);
    expect(new Set(STATES.values()).size).toBe(17);
  });

  it.each([...ORIGINS])('takes the origin %s', (word, origin) => {
    expect(command(`SET CALLORIGIN ${word}`)).toEqual({ kind: 'origin', origin });
  });

  it('knows seven origins', () => {
    expect([...ORIGINS.keys()]).toHaveLength(7);
  });

  it.each([
    ['SET CALLERID 0301', { kind: 'set', end: 'caller', part: 'number', value: '0301' }],
    ['SET CALLERIDNAME Zoë & Co', { kind: 'set', end: 'caller', part: 'name', value: 'Zoë & Co' }],
    ['SET CALLEDID 831', { kind: 'set', end: 'called', part: 'number', value: '831' }],
    ['SET CALLEDIDNAME Jan', { kind: 'set', end: 'called', part: 'name', value: 'Jan' }],
    ['SET CONNECTEDID 832', { kind: 'set', end: 'connected', part: 'number', value: '832' }],
    ['SET CONNECTEDIDNAME Eva', { kind: 'set', end: 'connected', part: 'name', value: 'Eva' }],
    ['SET CALLERID', { kind: 'set', end: 'caller', part: 'number', value: '' }],
    ['LINE_CALLINFO LINECALLINFOSTATE_CALLERID', { kind: 'info' }],
    ['LINE_LINEDEVSTATE RINGING', { kind: 'ringing' }],
    ['LINE_LINEDEVSTATE LINEDEVSTATE_RINGING', { kind: 'ringing' }],
    ['LINE_NEWCALL line_1', { kind: 'newCall', lines: ['line_1'] }],
    ['LINE_NEWCALL Front Desk', { kind: 'newCall', lines: ['Front Desk'] }],
    ['LINE_NEWCALL SIP/a&SIP/b', { kind: 'newCall', lines: ['SIP/a', 'SIP/b'] }],
    ['[~1.1&SIP/a&!SIP/b] LINE_NEWCALL', { kind: 'newCall', lines: ['SIP/a'] }],
  ])('reads %j', (text, expected) => {
    expect(command(text)).toEqual(expected);
  });

  it.each([
    ['LINE_CALLSTATE LINECALLSTATE_RING', 'LINE_CALLSTATE LINECALLSTATE_RING'],
    ['LINE_CALLSTATE', 'LINE_CALLSTATE'],
    ['SET CALLERNUMBER 0301234567', 'SET CALLERNUMBER'],
    ['SET CALLORIGIN 5', 'SET CALLORIGIN'],
    ['LINE_LINEDEVSTATE CLOSE', 'LINE_LINEDEVSTATE CLOSE'],
    ['DIAL 0301234567', 'DIAL'],
    ['Zoë Müller', ''],
  ])('does not know %j, and repeats none of its numbers', (text, words) => {
    expect(parsed(text)).toEqual({ oddity: { code: 'wordUnknown', words } });
  });

  it.each(['', '[]', '[~1.1&line_1]', '[~1.1&line_1 LINE_CALLSTATE LINECALLSTATE_IDLE', 'LINE_NEWCALL', ']'])(
    'makes nothing of %j',
    (text) => {
      expect(parsed(text)?.event).toBeUndefined();
      expect(parsed(text)?.oddity).toBeDefined();
    },
  );
});

describe('whom an event is for', () => {
  const to = (targets: string) => {
    const event = parsed(`${targets} LINE_CALLSTATE LINECALLSTATE_CONNECTED`)?.event;
    return event && [event.call, event.only, event.but];
  };

  it.each([
    ['', undefined, [], []],
    ['[]', undefined, [], []],
    ['[~1.2]', '1.2', [], []],
    ['[~]', undefined, [], []],
    ['[line_1]', undefined, ['line_1'], []],
    ['[!line_1]', undefined, [], ['line_1']],
    ['[~1.2&line_1]', '1.2', ['line_1'], []],
    ['[line_1&~1.2]', '1.2', ['line_1'], []],
    ['[~1.2&!line_1]', '1.2', [], ['line_1']],
    ['[~1.2&line_1&line_2&!line_3&!line_4]', '1.2', ['line_1', 'line_2'], ['line_3', 'line_4']],
    ['[ ~1.2 & PJSIP/bob-desk ]', '1.2', ['PJSIP/bob-desk'], []],
    ['[~pbx-1795290883.2&&line_1&]', 'pbx-1795290883.2', ['line_1'], []],
    ['[~1.2&~1.3]', '1.2', [], []],
  ])('reads %j', (targets, call, only, but) => {
    expect(to(targets)).toEqual([call, only, but]);
  });
});

describe('the shapes of the header', () => {
  const OFFERING = 'LINE_CALLSTATE LINECALLSTATE_OFFERING';
  const event = ['Event', 'UserEvent'] as const;

  it.each<[string, AmiPacket, string | undefined]>([
    ['Asterisk 1.2', packet(['Event', 'UserEventTAPI'], ['Uniqueid', '1.1'], ['TAPIEVENT', OFFERING]), '1.1'],
    ['Asterisk 1.4', packet(event, ['UserEvent', 'TAPI'], ['TAPIEVENT', OFFERING]), undefined],
    [
      'Asterisk 1.4 with a Uniqueid of the dial plan',
      packet(event, ['UserEvent', 'TAPI'], ['TAPIEVENT', OFFERING], ['Uniqueid', '1.1']),
      '1.1',
    ],
    [
      'Asterisk 11',
      packet(event, ['UserEvent', 'TAPI'], ['Uniqueid', '1.1'], ['TAPIEVENT', OFFERING]),
      '1.1',
    ],
    ['Asterisk 12 and later', modern(OFFERING), '1.1'],
    [
      'small letters',
      packet(event, ['Uniqueid', '1.1'], ['UserEvent', 'tapi'], ['tapievent', OFFERING.toLowerCase()]),
      '1.1',
    ],
  ])('reads %s', (_version, given, uniqueid) => {
    const read = parseTapiEvent(given);
    expect(read?.event?.command).toEqual({ kind: 'state', state: 'offering' });
    expect(read?.event?.sender.uniqueid).toBe(uniqueid);
    expect(read?.oddity).toBeUndefined();
  });

  it.each([
    `TAPI|TAPIEVENT: ${OFFERING}`,
    `TAPI | TAPIEVENT: ${OFFERING}`,
    `TAPI|TAPIEVENT ${OFFERING}`,
    `TAPI|X: y|TAPIEVENT:${OFFERING}`,
  ])('reads the old pipe %j', (name) => {
    const given = packet(event, ['UserEvent', name]);
    expect(parseTapiEvent(given)?.event?.command).toEqual({ kind: 'state', state: 'offering' });
    expect(oddity(given)).toBe('pipes');
  });

  it.each<[string, AmiHeader]>([
    ['a line without any colon', ['', `TAPIEVENT [~1.1&line_1] ${OFFERING}`]],
    ['a line whose colon comes later', ['TAPIEVENT [~1.1&SIP/a', `5060] ${OFFERING}`]],
  ])('reads %s, as Asterisk 1.4 to 11 send it', (_what, forgotten) => {
    const given = packet(event, ['UserEvent', 'TAPI'], forgotten);
    expect(parseTapiEvent(given)?.event?.command).toEqual({ kind: 'state', state: 'offering' });
    expect(oddity(given)).toBe('colonForgotten');
  });

  it('knows that Asterisk 12 and later drop what has no colon', () => {
    expect(parseTapiEvent(packet(event, ['Uniqueid', '1.1'], ['UserEvent', 'TAPI']))).toEqual({
      oddity: { code: 'colonForgotten', words: '' },
    });
  });

  it.each([
    packet(['Event', 'Hangup'], ['Uniqueid', '1.1']),
    packet(event, ['UserEvent', 'Queue'], ['TAPIEVENT', OFFERING]),
    packet(event, ['UserEvent', 'TAPIX'], ['TAPIEVENT', OFFERING]),
    packet(['Response', 'Success'], ['TAPIEVENT', OFFERING]),
    packet(),
  ])('is not about %j', (given) => {
    expect(parseTapiEvent(given)).toBeUndefined();
  });
});

describe('text from outside', () => {
  it('stays text, whatever it looks like', () => {
    const name = 'X] LINE_CALLSTATE LINECALLSTATE_IDLE';
    expect(command(`[~1.1&line_1] SET CALLERIDNAME ${name}`)).toMatchObject({ kind: 'set', value: name });
    expect(parsed(`SET CALLERIDNAME [~9.9&line_2]`)?.event).toMatchObject({ only: [], but: [] });
  });

  it("cannot put itself in the place of Asterisk's own headers", () => {
    // A caller named `X,Event: Hangup,Uniqueid: 9.9`, as an unfiltered dial plan passes it on (measured on 16 and 22).
    const forged = packet(
      ...modern('SET CALLERIDNAME X').headers,
      ['Event', 'Hangup'],
      ['Uniqueid', '9.9'],
      ['UserEvent', 'Other'],
      ['Linkedid', '9.9'],
    );
    expect(parseTapiEvent(forged)?.event?.sender).toMatchObject({ uniqueid: '1.1', linkedid: '1.1' });
  });

  it('is bounded', () => {
    const long = 'x'.repeat(100_000);
    expect(command(`SET CALLERIDNAME ${long}`)).toMatchObject({ value: 'x'.repeat(256) });
    expect(parsed(`[${'line&'.repeat(1_000)}] LINE_CALLINFO`)?.event?.only.length).toBeLessThanOrEqual(200);
  });

  it('never throws and never takes long', () => {
    const word = fc.constantFrom('[', ']', '~', '&', '!', ' ', 'SET', 'LINE_NEWCALL', 'TAPIEVENT', ':', '|');
    const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (name, value) => {
        for (const given of [
          modern(value),
          packet(['Event', 'UserEvent'], ['UserEvent', `TAPI|${value}`]),
          packet(['Event', 'UserEvent'], ['UserEvent', 'TAPI'], [name, value], ['', value]),
        ]) {
          const read = parseTapiEvent(given);
          expect(read?.event ?? read?.oddity).toBeDefined();
        }
      }),
      { numRuns: 500 },
    );
  });
});

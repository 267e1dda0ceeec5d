import { describe, expect, it } from 'vitest';
import { a, b, CONNECTED, HANGUP, IDLE, OFFERING, Rig, state, told } from './testing/events.ts';

describe('the direction', () => {
  it.each([
    ['OFFERING', 'inbound'],
    ['ACCEPTED', 'inbound'],
    ['CONNECTED', 'inbound'],
    ['DIALTONE', 'outbound'],
    ['DIALING', 'outbound'],
    ['PROCEEDING', 'outbound'],
    ['RINGBACK', 'outbound'],
    ['BUSY', 'outbound'],
    ['SPECIALINFO', 'outbound'],
  ])('is settled by %s: %s', (first, direction) => {
    const rig = new Rig(a);
    const facts = rig.say('1', 'LINE_NEWCALL PJSIP/a', state(first), CONNECTED, IDLE);
    expect(new Set(facts.map((fact) => fact.direction))).toEqual(new Set([direction]));
  });

  it('follows the origin where the state leaves it open', () => {
    const said = (origin: string) =>
      new Rig(a).say('1', 'LINE_NEWCALL PJSIP/a', `SET CALLORIGIN ${origin}`, CONNECTED)[0]?.direction;
    expect(said('LINECALLORIGIN_OUTBOUND')).toBe('outbound');
    expect(said('LINECALLORIGIN_INTERNAL')).toBe('inbound');
  });

  it('follows whose channel the call is where nothing else tells', () => {
    const own = { id: '1', channel: 'PJSIP/a-0000000a' };
    expect(new Rig(a).say(own, 'LINE_NEWCALL PJSIP/a', CONNECTED)[0]?.direction).toBe('outbound');
    const internal = ['LINE_NEWCALL PJSIP/a', 'SET CALLORIGIN LINECALLORIGIN_INTERNAL', CONNECTED];
    expect(new Rig(a).say(own, ...internal)[0]?.direction).toBe('inbound');
  });

  it('stays as it was', () => {
    const rig = new Rig(a);
    const facts = rig.say('1', 'LINE_NEWCALL PJSIP/a', OFFERING, state('DIALING'), state('BUSY'), IDLE);
    expect(told(facts)).toEqual(['PJSIP/a ringing', 'PJSIP/a gone busy']);
  });
});

describe('the states', () => {
  it('tells each as the port has it', () => {
    const rig = new Rig(a);
    const all = ['DIALTONE', 'DIALING', 'PROCEEDING', 'RINGBACK', 'SPECIALINFO', 'CONNECTED', 'ONHOLD'];
    const more = [
      'CONNECTED',
      'ONHOLDPENDTRANSFER',
      'ONHOLDPENDCONF',
      'CONFERENCED',
      'UNKNOWN',
      'DISCONNECTED',
    ];
    const facts = rig.say('1', 'LINE_NEWCALL PJSIP/a', ...[...all, ...more].map(state), IDLE);
    expect(facts.map(({ what }) => what.kind)).toEqual([
      'offHook',
      'dialed',
      'proceeding',
      'ringing',
      'specialInfo',
      'busy',
      'held',
      'retrieved',
      'heldForTransfer',
      'heldForConference',
      'conferenced',
      'unclear',
      'disconnected',
      'gone',
    ]);
  });

  it('tells none twice, and none that came too late', () => {
    const rig = new Rig(a);
    const texts = [OFFERING, OFFERING, CONNECTED, CONNECTED, OFFERING, IDLE, CONNECTED, IDLE];
    expect(told(rig.say('1', 'LINE_NEWCALL PJSIP/a', ...texts))).toEqual([
      'PJSIP/a ringing',
      'PJSIP/a busy',
      'PJSIP/a gone unsaid',
    ]);
  });

  it('takes the ringing of the line device for the first state, and for none after it', () => {
    const rig = new Rig(a);
    const ringing = 'LINE_LINEDEVSTATE RINGING';
    const facts = rig.say('1', 'LINE_NEWCALL PJSIP/a', ringing, ringing, CONNECTED, ringing);
    expect(told(facts)).toEqual(['PJSIP/a ringing', 'PJSIP/a busy']);
  });

  it('tells nothing of a call that ended before its first state', () => {
    expect(new Rig(a).say('1', 'LINE_NEWCALL PJSIP/a', 'SET CALLERID 7', IDLE)).toEqual([]);
    expect(new Rig(a).say('1', 'LINE_NEWCALL PJSIP/a', state('DISCONNECTED'), IDLE)).toEqual([]);
  });

  it('begins a line that was not announced, but not with the end', () => {
    expect(told(new Rig(a).say('1', `[~1&pjsip/A] ${CONNECTED}`))).toEqual(['PJSIP/a busy']);
    for (const last of [IDLE, HANGUP, state('DISCONNECTED'), state('UNKNOWN')])
      expect(new Rig(a).say('1', `[~1&PJSIP/a] ${last}`)).toEqual([]);
  });
});

describe('names and numbers', () => {
  it('are told with the call, and again when they change', () => {
    const rig = new Rig(a);
    const facts = rig.say(
      '1',
      'LINE_NEWCALL PJSIP/a',
      'SET CALLERID 0301',
      'SET CALLEDIDNAME Sales',
      OFFERING,
      'SET CALLERID 0301',
      'SET CALLERIDNAME Zoë',
      'SET CONNECTEDID 831',
      'SET CALLORIGIN LINECALLORIGIN_UNAVAIL',
    );
    expect(told(facts)).toEqual(['PJSIP/a ringing', ...Array(3).fill('PJSIP/a renamed')]);
    expect(facts[0]).toMatchObject({
      caller: { number: '0301', name: '' },
      called: { number: '', name: 'Sales' },
    });
    expect(facts[0]?.connected).toBeUndefined();
    expect(facts.at(-1)).toMatchObject({
      caller: { number: '0301', name: 'Zoë' },
      connected: { number: '831', name: '' },
      origin: 'unavailable',
    });
  });

  it('leave out a caller who hides, and who is not known', () => {
    const caller = (number: string) =>
      new Rig(a).say('1', 'LINE_NEWCALL PJSIP/a', `SET CALLERID ${number}`, OFFERING)[0]?.caller;
    expect(caller('anonymous')).toEqual({ number: '', name: '', withheld: true });
    expect(caller('<unknown>')).toBeUndefined();
  });

  const header = (number: string, name: string) => ({
    id: '1',
    headers: [
      ['CallerIDNum', number],
      ['CallerIDName', name],
      ['Context', 'from-trunk'],
    ] as const,
  });

  it("come from the caller's channel where the dial plan's variables are empty", () => {
    const rig = new Rig(a);
    const facts = rig.say(
      header('0301', 'Zoë'),
      'LINE_NEWCALL PJSIP/a',
      'SET CALLERID ',
      'SET CALLERIDNAME',
      OFFERING,
    );
    expect(facts[0]?.caller).toEqual({ number: '0301', name: 'Zoë' });
    expect(rig.codes).toEqual(['callerEmpty from-trunk']);
  });

  it('raise no hint for a caller who has none', () => {
    const rig = new Rig(a);
    rig.say(header('<unknown>', '<unknown>'), 'LINE_NEWCALL PJSIP/a', 'SET CALLERID ', OFFERING);
    expect(rig.codes).toEqual([]);
  });

  it('of another channel are not taken', () => {
    const rig = new Rig(a);
    rig.say('1', 'LINE_NEWCALL PJSIP/a');
    const facts = rig.say(
      { ...header('831', 'Own'), id: '2' },
      '[~1&PJSIP/a] SET CALLERID',
      `[~1] ${OFFERING}`,
    );
    expect(facts[0]?.caller).toBeUndefined();
  });
});

describe('calls that we dialled', () => {
  const dialled = { id: 'tapline-1', line: 'PJSIP/a', call: 7, kind: 'dial', target: '0301' } as const;

  it('are no new calls: their phone does not ring', () => {
    const rig = new Rig(a);
    rig.calls.originated(dialled);
    const facts = rig.say('tapline-1', 'LINE_NEWCALL PJSIP/a', OFFERING, state('DIALING'), CONNECTED, IDLE);
    expect(told(facts)).toEqual(['PJSIP/a dialed', 'PJSIP/a busy', 'PJSIP/a gone unsaid']);
    expect(facts.every(({ direction }) => direction === 'outbound')).toBe(true);
  });

  it('are not told again by the leg that rings their phone', () => {
    const rig = new Rig(a, b);
    rig.calls.originated(dialled);
    const leg = { id: '5', linked: 'tapline-1' };
    expect(rig.say(leg, 'LINE_NEWCALL PJSIP/a', OFFERING, CONNECTED, IDLE)).toEqual([]);
    expect(told(rig.say(leg, 'LINE_NEWCALL PJSIP/b', `[PJSIP/b] ${OFFERING}`))).toEqual(['PJSIP/b ringing']);
  });

  it('and are pickups come in all the same', () => {
    const rig = new Rig(a);
    rig.calls.originated({ ...dialled, kind: 'pickup' });
    const facts = rig.say({ id: '5', linked: 'tapline-1' }, 'LINE_NEWCALL PJSIP/a', OFFERING);
    expect(told(facts)).toEqual(['PJSIP/a ringing']);
  });

  it('are forgotten when they have hung up', () => {
    const rig = new Rig(a);
    rig.calls.originated(dialled);
    rig.hangup('tapline-1');
    expect(told(rig.say('tapline-1', 'LINE_NEWCALL PJSIP/a', OFFERING))).toEqual(['PJSIP/a ringing']);
  });
});

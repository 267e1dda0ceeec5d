import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../testing/fake-clock.ts';
import { settled } from '../../../testing/scripted-pbx.ts';
import type { ChannelReport, CommandResult } from '../../port.ts';
import type { AsteriskAccount } from '../account.ts';
import { NativeCalls } from '../native/native-calls.ts';
import type { Originated } from '../originated.ts';
import type { AmiRights } from '../session/rights.ts';
import { FakeConnection, packet } from '../testing/fake-connection.ts';
import { Control } from './control.ts';
import { ORIGINATE_SETTLE } from './originations.ts';

const phone = (name: string, extension: string) => ({
  name: `PJSIP/${name}`,
  channel: `PJSIP/${name}`,
  extension,
  person: name,
});

const account: AsteriskAccount = {
  host: 'pbx',
  user: 'tapline',
  secret: async () => '',
  context: 'phones',
  lines: [phone('bob', '1002'), phone('carol', '1003')],
};

let connection: FakeConnection;
let clock: FakeClock;
let native: NativeCalls;
let asked: Originated[];
let control: Control;
/** What join/ says that a reported channel stands for. */
let channels: Map<string, { readonly own?: string; readonly ids: readonly string[] }>;

function make(changes: Partial<AsteriskAccount> = {}, actions: readonly string[] = ['blindtransfer']): void {
  connection = new FakeConnection();
  clock = new FakeClock();
  asked = [];
  channels = new Map([['call', { own: '1.2', ids: ['1.1', '1.2'] }]]);
  const its = { ...account, ...changes };
  native = new NativeCalls(its.lines);
  const reads = { call: 'yes', user: 'yes', system: 'unknown' } as const;
  const rights: AmiRights = { actions: new Set(actions), reads, context: 'unknown' };
  control = new Control({
    account: its,
    connection,
    clock,
    rights: () => rights,
    native,
    channelsOf: (channel) => channels.get(channel),
    originated: (one) => void asked.push(one),
  });
}

beforeEach(() => make());

/** 0301 on trunk (1.1) calls, and bob's phone (1.2) rings. */
function ringing(): void {
  native.take(
    packet(`Event: Newchannel
      Channel: PJSIP/trunk-01
      ChannelState: 4
      CallerIDNum: 0301
      Exten: 500
      Uniqueid: 1.1
      Linkedid: 1.1`),
  );
  native.take(
    packet(`Event: Newchannel
      Channel: PJSIP/bob-02
      ChannelState: 5
      CallerIDNum: 1002
      Uniqueid: 1.2
      Linkedid: 1.1`),
  );
  native.take(
    packet(`Event: DialBegin
      Channel: PJSIP/trunk-01
      Uniqueid: 1.1
      Linkedid: 1.1
      DestChannel: PJSIP/bob-02
      DestUniqueid: 1.2
      DestLinkedid: 1.1
      DestChannelState: 5`),
  );
}

const report = (kind: 'ringing' | 'busy', direction: 'inbound' | 'outbound' = 'inbound'): ChannelReport => ({
  user: 'PJSIP/bob',
  channel: 'call',
  direction,
  internal: false,
  what: { kind },
  caller: { number: '', name: '' },
  called: { number: '', name: '' },
  redirecting: { number: '', name: '' },
});

const refused = (result: CommandResult): string => (result.ok ? 'ok' : result.code);

describe('a dial', () => {
  it('calls the own phone, which shows the number and calls as itself, and sends it on', async () => {
    const dialled = control.dial('PJSIP/bob', '0049891234', 7);
    await settled();
    expect(connection.sent).toEqual([
      'Originate Channel=PJSIP/bob Timeout=30000 Async=true Variable=CALLERID(num)=1002 ' +
        'Variable=CONNECTEDLINE(num,i)=0049891234 Context=phones Exten=0049891234 Priority=1 ChannelId=id-1',
    ]);
    expect(connection.actions[0]).toMatchObject({ about: { call: 7 }, actionId: 'id-2' });
    expect(asked).toEqual([{ id: 'id-1', line: 'PJSIP/bob', call: 7, kind: 'dial', target: '0049891234' }]);
    control.take(packet('Event: Newchannel\nUniqueid: id-1'));
    expect(await dialled).toEqual({ ok: true });
    expect(clock.waiting).toBe(0);
  });

  it('is refused where the own phone is not there, whichever Asterisk tells first', async () => {
    const failure = packet('Event: OriginateResponse\nResponse: Failure\nActionID: id-2\nReason: 0');
    const answer = Promise.withResolvers<{ ok: true; packet: never; actionId: string }>();
    connection.answers.set('Originate', answer.promise);
    const dialled = control.dial('PJSIP/bob', '832', 7);
    control.take(failure);
    answer.resolve({ ok: true, packet: undefined as never, actionId: 'id-2' });
    expect(refused(await dialled)).toBe('refused');
  });

  it('has worked where nothing more is told: the user may not hear it', async () => {
    const dialled = control.dial('PJSIP/bob', '832', 7);
    await settled();
    clock.advance(ORIGINATE_SETTLE);
    expect(await dialled).toEqual({ ok: true });
  });

  it.each([
    ['refused', 'refused'],
    ['denied', 'unsupported'],
    ['unanswered', 'unanswered'],
    ['offline', 'offline'],
  ] as const)('that is %s is %s', async (code, told) => {
    connection.answers.set('Originate', { ok: false, code, detail: '' });
    expect(refused(await control.dial('PJSIP/bob', '832', 7))).toBe(told);
  });

  it('without a session asks for nothing', async () => {
    connection.online = false;
    expect(refused(await control.dial('PJSIP/bob', '832', 7))).toBe('offline');
    expect(asked).toEqual([]);
    expect(connection.sent).toEqual([]);
  });

  it('under way when the session is lost may have happened', async () => {
    const dialled = control.dial('PJSIP/bob', '832', 7);
    await settled();
    control.lost();
    expect(refused(await dialled)).toBe('unanswered');
  });

  it.each(['832\r\nAction: Command', '832,2', '832&833', 'a b', '$(x)', '', '8'.repeat(80)])(
    'of %j is not sent',
    async (target) => {
      expect(refused(await control.dial('PJSIP/bob', target, 7))).toBe('refused');
      expect(connection.sent).toEqual([]);
    },
  );

  it('asks a phone to lift by itself where the account says so', async () => {
    make({ autoAnswer: true });
    void control.dial('PJSIP/bob', '832', 7);
    expect(connection.sent[0]).toContain(
      'Variable=PJSIP_HEADER(add,Call-Info)=<sip:tapline>\\;answer-after=0',
    );
  });

  it('from a line of somebody else is none', async () => {
    expect(refused(await control.dial('PJSIP/dave', '832', 7))).toBe('unsupported');
  });
});

describe('a pickup', () => {
  it('takes what rings at a line, by its channel', async () => {
    ringing();
    void control.pickup('PJSIP/carol', '1002', 8);
    await settled();
    expect(connection.sent[0]).toMatch(
      /^Originate Channel=PJSIP\/carol .* Application=PickupChan Data=1\.2 /,
    );
    expect(asked[0]).toMatchObject({ kind: 'pickup', line: 'PJSIP/carol', call: 8, target: '1002' });
  });

  it('takes what has not said yet that it rings: a dial plan offers a call before that', async () => {
    const called = 'Event: Newchannel\nChannelState: 0\nLinkedid: 1.1';
    native.take(packet(`${called}\nChannel: PJSIP/bob-02\nUniqueid: 1.2`));
    void control.pickup('PJSIP/carol', '1002', 8);
    await settled();
    expect(connection.sent.at(-1)).toContain('Application=PickupChan Data=1.2 ');
  });

  it('looks for any phone of that number where no event told of it', async () => {
    connection.channels = [
      packet('Channel: PJSIP/dave-9\nChannelState: 5\nCallerIDNum: 1004\nUniqueid: 9.9\nLinkedid: 9.8'),
    ];
    void control.pickup('PJSIP/carol', '1004', 8);
    await settled();
    expect(connection.sent.at(-1)).toContain('Data=9.9');
  });

  it('of nothing is refused, and so is a channel that reads as more than one', async () => {
    connection.channels = [
      packet('Channel: PJSIP/dave-9\nChannelState: 5\nCallerIDNum: 1004\nUniqueid: 9.9&x\nLinkedid: 9.8'),
    ];
    expect(refused(await control.pickup('PJSIP/carol', '1005', 8))).toBe('refused');
    expect(refused(await control.pickup('PJSIP/carol', '1004', 8))).toBe('refused');
    expect(asked).toEqual([]);
  });

  it('without a number is of the own group', async () => {
    void control.pickup('PJSIP/carol', '', 8);
    expect(connection.sent[0]).toMatch(/ Application=Pickup ChannelId=/);
  });
});

describe('a hang-up', () => {
  it('declines what rings, and ends what talks', async () => {
    ringing();
    control.reported(report('ringing'));
    await control.hangup('PJSIP/bob', 'call');
    control.reported(report('busy'));
    await control.hangup('PJSIP/bob', 'call');
    expect(connection.sent).toEqual(['Hangup Channel=1.2 Cause=17', 'Hangup Channel=1.2 Cause=16']);
  });

  it('of an outgoing call that rings there is no refusal', async () => {
    ringing();
    control.reported(report('ringing', 'outbound'));
    await control.hangup('PJSIP/bob', 'call');
    expect(connection.sent).toEqual(['Hangup Channel=1.2 Cause=16']);
  });

  it('of a channel that is gone has worked', async () => {
    ringing();
    connection.refuse('Hangup', 'No such channel');
    expect(await control.hangup('PJSIP/bob', 'call')).toEqual({ ok: true });
  });

  it('of a channel that Asterisk would read as a pattern is not sent: it would end every call', async () => {
    channels.set('call', { own: '/.*/', ids: ['/.*/'] });
    expect(refused(await control.hangup('PJSIP/bob', 'call'))).toBe('refused');
    expect(connection.sent).not.toContainEqual(expect.stringMatching(/^Hangup/));
  });

  it('finds the phone by the call where no event tells of channels', async () => {
    channels.set('call', { ids: ['1.1'] });
    connection.channels = [
      packet('Channel: PJSIP/trunk-1\nChannelState: 6\nUniqueid: 1.1\nLinkedid: 1.1\nBridgeID: b'),
      packet('Channel: PJSIP/carol-3\nChannelState: 5\nUniqueid: 1.3\nLinkedid: 1.1'),
      packet('Channel: PJSIP/bob-2\nChannelState: 6\nUniqueid: 1.2\nLinkedid: 1.1\nBridgeID: b'),
    ];
    await control.hangup('PJSIP/bob', 'call');
    expect(connection.sent).toEqual(['Status', 'Hangup Channel=1.2 Cause=16']);
  });

  it('of a call that nobody knows, or whose phone cannot be found, is refused', async () => {
    expect(refused(await control.hangup('PJSIP/bob', 'other'))).toBe('refused');
    channels.set('call', { ids: ['1.1'] });
    expect(refused(await control.hangup('PJSIP/bob', 'call'))).toBe('refused');
    expect(connection.sent).toEqual(['Status']);
  });
});

describe('sending a call away', () => {
  it('redirects the caller, once the extension is known to be there', async () => {
    ringing();
    expect(await control.redirect('PJSIP/bob', 'call', '832')).toEqual({ ok: true });
    expect(connection.sent).toEqual([
      'Originate Channel=Tapline/probe Context=phones Exten=832 Priority=1 Async=true',
      'Redirect Channel=1.1 Context=phones Exten=832 Priority=1',
    ]);
  });

  it('transfers from the own channel, on an old Asterisk by redirecting the other end', async () => {
    ringing();
    await control.blindTransfer('PJSIP/bob', 'call', '832');
    expect(connection.sent.at(-1)).toBe('BlindTransfer Channel=1.2 Context=phones Exten=832');
    make({}, ['redirect']);
    ringing();
    await control.blindTransfer('PJSIP/bob', 'call', '832');
    expect(connection.sent.at(-1)).toBe('Redirect Channel=1.1 Context=phones Exten=832 Priority=1');
  });

  it('is refused before anything happens where the dial plan has no such extension', async () => {
    ringing();
    connection.refuse('probe', 'Extension does not exist.');
    expect(refused(await control.redirect('PJSIP/bob', 'call', '4711'))).toBe('refused');
    expect(refused(await control.blindTransfer('PJSIP/bob', 'call', '4711'))).toBe('refused');
    expect(refused(await control.redirect('PJSIP/bob', 'call', '47 11'))).toBe('refused');
    expect(connection.sent.filter((sent) => !sent.includes('Tapline/probe'))).toEqual([]);
  });

  it('is done unasked where this user may not dial', async () => {
    ringing();
    connection.answers.set('probe', { ok: false, code: 'denied', detail: 'Permission denied' });
    expect(await control.redirect('PJSIP/bob', 'call', '832')).toEqual({ ok: true });
  });

  it('is refused where the other end is not known', async () => {
    channels.set('call', { own: '5.5', ids: ['5.5'] });
    expect(refused(await control.redirect('PJSIP/bob', 'call', '832'))).toBe('refused');
  });
});

describe('digits', () => {
  it('go to the other end, one after the other, until one is refused', async () => {
    ringing();
    await control.sendDigits('PJSIP/bob', 'call', '1#');
    expect(connection.sent).toEqual(['PlayDTMF Channel=1.1 Digit=1', 'PlayDTMF Channel=1.1 Digit=#']);
    connection.refuse('PlayDTMF', 'Channel not found');
    expect(refused(await control.sendDigits('PJSIP/bob', 'call', '23'))).toBe('refused');
    expect(connection.sent).toHaveLength(3);
  });
});

describe('a transfer after asking', () => {
  it('calls the own phone a second time, and joins the two other ends', async () => {
    void control.consult('PJSIP/bob', 'call', '1003', 9);
    expect(connection.sent[0]).toMatch(/^Originate Channel=PJSIP\/bob .* Exten=1003 /);
    ringing();
    native.take(
      packet(`Event: Newchannel
        Channel: PJSIP/bob-05
        ChannelState: 6
        Uniqueid: id-1
        Linkedid: id-1`),
    );
    native.take(
      packet(`Event: DialBegin
        Channel: PJSIP/bob-05
        Uniqueid: id-1
        Linkedid: id-1
        DestChannel: PJSIP/dave-06
        DestUniqueid: 2.6
        DestLinkedid: id-1
        DestChannelState: 6`),
    );
    channels.set('consultation', { own: 'id-1', ids: ['id-1'] });
    expect(await control.completeTransfer('PJSIP/bob', 'call', 'consultation')).toEqual({ ok: true });
    expect(connection.sent.at(-1)).toBe('Bridge Channel1=1.1 Channel2=2.6 Tone=no');
    expect(refused(await control.completeTransfer('PJSIP/bob', 'call', 'call'))).toBe('refused');
  });
});

describe('what the phone does itself', () => {
  it('answers when it is told to', async () => {
    ringing();
    expect(await control.answer('PJSIP/bob', 'call')).toEqual({ ok: true });
    expect(connection.sent).toEqual(['PJSIPNotify Channel=1.2 Variable=Event=talk']);
  });

  it('is not held by Asterisk', async () => {
    expect(refused(await control.hold())).toBe('unsupported');
    expect(refused(await control.unhold())).toBe('unsupported');
  });
});

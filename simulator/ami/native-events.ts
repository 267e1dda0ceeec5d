/** The exchange's events in the words of Asterisk's own: Newchannel, Newstate, Dial*, Bridge*, Hangup and their like. */
import { randomUUID } from 'node:crypto';
import type { ChannelChange, ChannelView, ExchangeEvent, HangupCause, Party } from '../exchange/model.ts';
import { DialPlan } from './dial-plan.ts';
import {
  bridgeHeaders,
  CONTEXTS,
  channelHeaders,
  type Leg,
  type LegState,
  newLeg,
  phoneOf,
  STATES,
} from './legs.ts';
import type { AmiEvent } from './session.ts';
import type { Header, Packet } from './wire.ts';

/** What somebody has asked for; the channel that comes of it is his. */
export interface Wanted {
  /** The Uniqueid that the channel is to have. */
  readonly channelId: string;
  /** As whom the channel calls (CallerID); its phone's own owner unless given. */
  readonly caller: Party | undefined;
  /** Who its phone shows that it is lifted for; the caller unless given. */
  readonly connected: Party | undefined;
  /** The phone was lifted, or was not: OriginateResponse. */
  readonly settled: (leg: Leg | undefined, lifted: boolean) => void;
}

/** How a call is sent elsewhere: `BlindTransfer` has an event of its own, `Redirect` has none. */
export type Sending = { readonly exten: string; readonly blind: boolean };

/** Asterisk's numbers for why a channel ended (Q.850, and its own). */
const CAUSES = {
  16: 'Normal Clearing',
  17: 'User busy',
  1: 'Unallocated (unassigned) number',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
} as const;
type Cause = keyof typeof CAUSES;

interface Ending {
  readonly leg: Leg;
  readonly cause: HangupCause;
}

export class NativeEvents {
  readonly #emit: (event: AmiEvent) => void;
  readonly #dialPlan: DialPlan;
  readonly #now: () => number;
  /** By the exchange's channel id. */
  readonly #legs = new Map<string, Leg>();
  /** Legs of a call that ends, until the exchange has told the last of them. */
  readonly #ending = new Map<string, Ending[]>();
  /** What comes of it carries its name. Set for the time of one command. */
  readonly #wanted = new Map<Leg, Wanted>();
  #next: Wanted | undefined;
  #sending: Sending | undefined;
  /** Phones whose call a colleague takes, by call: here they ring until his own is lifted. */
  readonly #taken = new Map<string, Leg>();
  /** The next channel of this call is the colleague's. */
  #picking: string | undefined;
  #count = 0;

  constructor(emit: (event: AmiEvent) => void, now: () => number) {
    this.#emit = emit;
    this.#dialPlan = new DialPlan(emit);
    this.#now = now;
  }

  /** Living channels, oldest first. */
  all(): readonly Leg[] {
    return [...this.#legs.values()];
  }

  /** By the name or the Uniqueid of a channel. */
  find(channel: string): Leg | undefined {
    return this.all().find(({ name, uniqueid }) => name === channel || uniqueid === channel);
  }

  /** The channel that `act` makes is what was wanted. */
  wanting<Result>(wanted: Wanted, act: () => Result): Result {
    this.#next = wanted;
    const result = act();
    this.#next = undefined;
    return result;
  }

  sending<Result>(sending: Sending, act: () => Result): Result {
    this.#sending = sending;
    const result = act();
    this.#sending = undefined;
    return result;
  }

  take(event: ExchangeEvent): void {
    if (event.type === 'phone') {
      const state = { free: 'NOT_INUSE', busy: 'INUSE', unregistered: 'UNAVAILABLE' }[event.state];
      this.#tell('DeviceStateChange', [
        ['Device', phoneOf(event.user)],
        ['State', state],
      ]);
    }
    if (event.type !== 'channel') return;
    const { channel, change, cause = 'normal' } = event;
    if (change === 'created') this.#created(channel);
    const leg = this.#legs.get(channel.id);
    if (!leg) return;
    leg.view = channel;
    this.#changes[change]?.(leg, cause);
  }

  readonly #changes: Partial<Readonly<Record<ChannelChange, (leg: Leg, cause: HangupCause) => void>>> = {
    ringing: (leg) => this.#ringing(leg),
    answered: (leg) => this.#answered(leg),
    held: (leg) => this.#held(leg, 'Hold', 'MusicOnHoldStart'),
    resumed: (leg) => this.#held(leg, 'Unhold', 'MusicOnHoldStop'),
    renamed: (leg) => this.#connect(leg, leg.view.peer),
    transferring: (leg) => this.#transferring(leg),
    hungup: (leg, cause) => this.#hungUp(leg, cause),
  };

  #created(view: ChannelView): void {
    const caller = this.#legs.get(view.peerChannel);
    if (caller) this.#called(view, caller);
    else if (view.user === undefined) this.#arrived(view);
    else this.#ordered(view);
  }

  /** A call from outside comes to the dial plan. */
  #arrived(view: ChannelView): void {
    const leg = this.#add(view, STATES.ring);
    leg.exten = view.peer.number;
    this.#tell('Newchannel', channelHeaders(leg));
  }

  /** The own phone is to be lifted (Originate). */
  #ordered(view: ChannelView): void {
    const wanted = this.#next;
    const leg = this.#add(view, STATES.down, wanted?.channelId);
    if (wanted) this.#wanted.set(leg, wanted);
    this.#tell('Newchannel', channelHeaders(leg));
    if (wanted?.caller) {
      leg.caller = wanted.caller;
      this.#tell('NewCallerid', [
        ...channelHeaders(leg),
        ['CID-CallingPres', '0 (Presentation Allowed, Not Screened)'],
      ]);
    }
    const connected = wanted?.connected ?? wanted?.caller;
    if (connected) this.#connect(leg, connected);
    this.#dial('DialBegin', undefined, leg, [['DialString', view.user ?? '']]);
    this.#newState(leg, STATES.ringing);
    this.#dial('DialState', undefined, leg, [['DialStatus', 'RINGING']]);
  }

  /** The own phone is lifted, and the dial plan goes its way. */
  #lifted(leg: Leg): void {
    if (leg.dialledBy || leg.state === STATES.up || leg.view.user === undefined) return;
    this.#newState(leg, STATES.up);
    this.#dial('DialEnd', undefined, leg, [['DialStatus', 'ANSWER']]);
    leg.context = CONTEXTS.phones;
    leg.exten = leg.view.peer.number;
    this.#settle(leg, true);
    this.#dialPlan.out(leg, leg.view.peer.number);
  }

  #settle(leg: Leg, lifted: boolean): void {
    this.#wanted.get(leg)?.settled(leg, lifted);
    this.#wanted.delete(leg);
  }

  /** A phone or the trunk is dialled; or a colleague's phone, to take over what rings. */
  #called(view: ChannelView, caller: Leg): void {
    this.#lifted(caller);
    const picker = this.#picking === view.callId;
    if (picker) this.#picking = undefined;
    const wanted = picker ? this.#next : undefined;
    const leg = this.#add(view, STATES.down, wanted?.channelId);
    leg.caller = view.party;
    if (wanted) this.#wanted.set(leg, wanted);
    if (!picker) {
      leg.dialledBy = caller;
      leg.linkedid = caller.linkedid;
      leg.exten = caller.exten;
      if (view.user !== undefined) this.#dialPlan.in(caller, leg);
    }
    this.#tell('Newchannel', channelHeaders({ ...leg, connected: undefined }));
    if (picker) {
      this.#dial('DialBegin', undefined, leg, [['DialString', view.user ?? '']]);
      return;
    }
    this.#connect(leg, caller.view.party);
    this.#dial('DialBegin', caller, leg, [['DialString', view.user ?? `trunk/${view.party.number}`]]);
    this.#connect(caller, view.party);
  }

  #ringing(leg: Leg): void {
    // The caller's own ear hears it ring: his channel's state does not change.
    if (leg.view.outbound) return;
    this.#newState(leg, STATES.ringing);
    this.#dial('DialState', leg.dialledBy, leg, [['DialStatus', 'RINGING']]);
  }

  #answered(leg: Leg): void {
    const picked = leg.dialledBy ? undefined : this.#taken.get(leg.view.callId);
    if (leg.state === STATES.up || (!leg.dialledBy && !picked)) return;
    const caller = leg.dialledBy ?? picked?.dialledBy;
    this.#newState(leg, STATES.up);
    if (picked) this.#pickedUp(leg, picked);
    if (!caller) return;
    leg.dialledBy = caller;
    this.#dialPlan.up(caller, leg);
    this.#dial('DialEnd', caller, leg, [['DialStatus', 'ANSWER']]);
    if (caller.state !== STATES.up) this.#newState(caller, STATES.up);
    this.#bridge(leg, caller);
  }

  #pickedUp(leg: Leg, picked: Leg): void {
    this.#taken.delete(leg.view.callId);
    this.#dial('DialEnd', undefined, leg, [['DialStatus', 'ANSWER']]);
    this.#settle(leg, true);
    const caller = picked.dialledBy;
    if (caller) this.#connect(leg, caller.view.party);
    this.#tell('Pickup', [...channelHeaders(leg), ...channelHeaders(picked, 'Target')]);
    this.#end(picked, 26);
    if (caller) this.#connect(caller, leg.view.party);
  }

  #bridge(called: Leg, caller: Leg): void {
    const bridge = randomUUID();
    this.#tell('BridgeCreate', bridgeHeaders(bridge, 0));
    [called, caller].forEach((leg, at) => {
      leg.bridge = bridge;
      this.#tell('BridgeEnter', [...bridgeHeaders(bridge, at + 1), ...channelHeaders(leg)]);
      // Who talks in one bridge is of one call: the oldest of its ids.
      leg.linkedid = caller.linkedid;
    });
  }

  #unbridge(legs: readonly Leg[]): void {
    const bridged = legs.filter(({ bridge }) => bridge !== '');
    const bridge = bridged[0]?.bridge;
    if (bridge === undefined) return;
    bridged.forEach((leg, at) => {
      leg.bridge = '';
      const left = bridged.length - at - 1;
      this.#tell('BridgeLeave', [...bridgeHeaders(bridge, left), ...channelHeaders(leg)]);
    });
    this.#tell('BridgeDestroy', bridgeHeaders(bridge, 0));
  }

  #held(leg: Leg, event: 'Hold' | 'Unhold', music: string): void {
    this.#tell(event, channelHeaders(leg));
    const peer = this.#legs.get(leg.view.peerChannel);
    if (peer) this.#tell(music, channelHeaders(peer));
  }

  #transferring(leg: Leg): void {
    const peer = this.#legs.get(leg.view.peerChannel);
    const exten = this.#sending?.exten ?? '';
    if (!peer || !this.#sending?.blind) return;
    const named = (who: string, { name, uniqueid }: Leg): readonly Header[] => [
      [`${who}Channel`, name],
      [`${who}Uniqueid`, uniqueid],
      [`${who}Linkedid`, peer.linkedid],
    ];
    this.#tell('BlindTransfer', [
      ['Result', 'Success'],
      ...named('Transferer', leg),
      ...named('Transferee', peer),
      ...bridgeHeaders(leg.bridge, 2),
      ['IsExternal', 'Yes'],
      ['Context', CONTEXTS.phones],
      ['Extension', exten],
    ]);
  }

  #hungUp(leg: Leg, cause: HangupCause): void {
    if (cause === 'answered-elsewhere') {
      this.#pickedFrom(leg);
      return;
    }
    const peer = this.#legs.get(leg.view.peerChannel);
    if (cause === 'redirected' || cause === 'transferred') {
      this.#unbridge(peer ? [leg, peer] : [leg]);
      if (cause === 'redirected') this.#dial('DialEnd', leg.dialledBy, leg, [['DialStatus', 'CANCEL']]);
      this.#endTaken(leg.view.callId);
      if (peer) {
        peer.exten = this.#sending?.exten ?? peer.exten;
        peer.dialledBy = undefined;
      }
      this.#end(leg, cause === 'redirected' ? 127 : 16);
      return;
    }
    const { callId } = leg.view;
    const ending = [...(this.#ending.get(callId) ?? []), { leg, cause }];
    const left = this.all().some(
      (other) =>
        other.view.callId === callId &&
        other !== this.#taken.get(callId) &&
        !ending.some((one) => one.leg === other),
    );
    if (left) this.#ending.set(callId, ending);
    else {
      this.#ending.delete(callId);
      this.#ended(ending);
    }
  }

  /** Every leg of a call ends at once. */
  #ended(ending: readonly Ending[]): void {
    const called = ending.find(({ leg }) => leg.dialledBy);
    const others = ending.filter((one) => one !== called);
    const [caller] = others;
    if (caller) this.#lastLift(caller);
    this.#requested(ending);
    this.#unbridge(ending.map(({ leg }) => leg));
    let code: Cause = 16;
    if (called && called.leg.state !== STATES.up) {
      const [status, number] = failure(caller?.cause, called.cause);
      code = number;
      this.#dial('DialEnd', called.leg.dialledBy, called.leg, [['DialStatus', status]]);
      if (called.leg.dialledBy && status !== 'CANCEL')
        this.#dialPlan.failed(called.leg.dialledBy, status === 'BUSY');
    } else if (!called && caller) {
      code = failure(caller.cause, caller.cause)[1];
      // Nothing was dialled: the number leads nowhere.
      if (caller.leg.state === STATES.up) this.#dialPlan.failed(caller.leg, caller.cause === 'busy');
    }
    this.#endTaken(ending[0]?.leg.view.callId ?? '');
    if (called) this.#end(called.leg, code);
    for (const { leg } of others) this.#end(leg, code);
  }

  /** Asterisk tells who hung up before it tells what comes of it: the exchange gives him the normal cause. */
  #requested(ending: readonly Ending[]): void {
    const by = ending.find(({ cause }) => cause === 'normal');
    if (by) this.#tell('HangupRequest', [...channelHeaders(by.leg), ['Cause', '16']]);
  }

  /** A colleague takes the call of this phone. One that took it before, and was not lifted, is done. */
  #pickedFrom(leg: Leg): void {
    this.#picking = leg.view.callId;
    if (leg.dialledBy) this.#taken.set(leg.view.callId, leg);
    else this.#end(leg, 16);
  }

  /** Nobody has lifted the phone that was to take it: it stops ringing where it did. */
  #endTaken(callId: string): void {
    const taken = this.#taken.get(callId);
    if (!taken) return;
    this.#taken.delete(callId);
    this.#dial('DialEnd', taken.dialledBy, taken, [['DialStatus', 'CANCEL']]);
    this.#end(taken, 127);
  }

  /** A call that was ordered ends: its phone was lifted before it failed, or never was. */
  #lastLift({ leg }: Ending): void {
    if (!this.#wanted.has(leg) && leg.state === STATES.up) return;
    if (leg.view.state === 'originating') {
      this.#dial('DialEnd', undefined, leg, [['DialStatus', 'CANCEL']]);
      this.#settle(leg, false);
    } else this.#lifted(leg);
  }

  #end(leg: Leg, cause: Cause): void {
    this.#dialPlan.gone(leg);
    this.#settle(leg, false);
    this.#legs.delete(leg.view.id);
    this.#tell('Hangup', [...channelHeaders(leg), ['Cause', String(cause)], ['Cause-txt', CAUSES[cause]]]);
  }

  #add(view: ChannelView, state: LegState, channelId = ''): Leg {
    this.#count += 1;
    const uniqueid = channelId || `${Math.floor(this.#now() / 1_000)}.${this.#count}`;
    const leg = newLeg(view, uniqueid, uniqueid, state);
    this.#legs.set(view.id, leg);
    return leg;
  }

  #newState(leg: Leg, state: LegState): void {
    leg.state = state;
    this.#tell('Newstate', channelHeaders(leg));
  }

  #connect(leg: Leg, connected: Party): void {
    leg.connected = connected;
    this.#tell('NewConnectedLine', channelHeaders(leg));
  }

  #dial(event: string, caller: Leg | undefined, called: Leg, rest: Packet): void {
    this.#tell(event, [
      ...(caller ? channelHeaders(caller) : []),
      ...channelHeaders(called, 'Dest'),
      ...rest,
    ]);
  }

  #tell(event: string, headers: Packet): void {
    this.#emit({ class: 'call', headers: [['Event', event], ...headers] });
  }
}

/** How Dial ended, and the number of the cause, from what both ends were told. */
function failure(caller: HangupCause | undefined, called: HangupCause): readonly [string, Cause] {
  if (caller === 'busy') return ['BUSY', 17];
  if (called === 'unobtainable') return ['NOANSWER', 1];
  if (caller === 'no-answer') return ['NOANSWER', 127];
  return ['CANCEL', 127];
}

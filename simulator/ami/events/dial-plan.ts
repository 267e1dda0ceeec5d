/** What a dial plan made for AstTapi and its heirs tells by UserEvent(TAPI, ...) while a call goes its way. */

import type { AmiEvent } from '../session.ts';
import { channelHeaders, type Leg, phoneOf } from './legs.ts';

/** What the dial plan knows of the call that a channel came with. */
interface Told {
  /** The caller's line, where it is one of the exchange's own phones. */
  readonly callerLine: string;
  /** Lines that rang, and whether one of them answered. */
  lines: readonly string[];
  answered: boolean;
}

/** Names and numbers lose what a dial plan could not carry: commas, and what it would carry out. */
const number = (text: string): string => text.replace(/[^0-9A-Za-z*#+@._-]/g, '');
const name = (text: string): string => text.replace(/[\p{Cc},$;{}"\\[\]|~!^<>=?%`:]/gu, '');

export class DialPlan {
  readonly #emit: (event: AmiEvent) => void;
  /** By the channel that came to the dial plan. */
  readonly #calls = new WeakMap<Leg, Told>();
  /** Lines that a phone's channel says goodbye for, and the call it was. */
  readonly #leaving = new WeakMap<Leg, { readonly call: string; readonly line: string }>();

  constructor(emit: (event: AmiEvent) => void) {
    this.#emit = emit;
  }

  /** One of the exchange's phones calls `target` (tapi-out). */
  out(leg: Leg, target: string): void {
    const line = lineOf(leg);
    this.#calls.set(leg, { callerLine: line, lines: [], answered: false });
    this.#leaving.set(leg, { call: leg.uniqueid, line });
    this.#tell(leg, `LINE_NEWCALL ${line}`);
    this.#say(leg, leg.uniqueid, line, 'SET CALLORIGIN LINECALLORIGIN_OUTBOUND');
    this.#say(leg, leg.uniqueid, line, `SET CALLEDID ${number(target)}`);
    this.#state(leg, leg.uniqueid, line, 'DIALING');
    this.#state(leg, leg.uniqueid, line, 'PROCEEDING');
  }

  /** A call comes to a phone, before it rings (tapi-in). */
  in(caller: Leg, called: Leg): void {
    const line = lineOf(called);
    const before = this.#calls.get(caller);
    const told: Told = { callerLine: before?.callerLine ?? '', lines: [line], answered: false };
    this.#calls.set(caller, told);
    const say = (what: string) => this.#say(caller, caller.uniqueid, line, what);
    this.#tell(caller, `LINE_NEWCALL ${line}`);
    say(`SET CALLERID ${number(caller.caller?.number ?? '')}`);
    say(`SET CALLERIDNAME ${name(caller.caller?.name ?? '')}`);
    say(`SET CALLEDID ${number(called.caller?.number ?? '')}`);
    if (told.callerLine !== '') say('SET CALLORIGIN LINECALLORIGIN_INTERNAL');
    this.#state(caller, caller.uniqueid, line, 'OFFERING');
    say('LINE_CALLINFO LINECALLINFOSTATE_CALLERID');
  }

  /** Somebody answered: a phone (tapi-up), or the far end outside (tapi-outup). Runs on the channel that did. */
  up(caller: Leg, answered: Leg): void {
    const told = this.#calls.get(caller);
    const call = caller.uniqueid;
    if (told) told.answered = true;
    const line = answered.view.user === undefined ? '' : lineOf(answered);
    if (line !== '') this.#state(answered, call, line, 'CONNECTED');
    if (told?.callerLine) this.#state(answered, call, told.callerLine, 'CONNECTED');
    for (const other of told?.lines ?? []) if (other !== line) this.#state(answered, call, other, 'HANGUP');
    if (line !== '') this.#leaving.set(answered, { call, line });
  }

  /** Dial came back without an answer (tapi-gone, tapi-failed). */
  failed(caller: Leg, busy: boolean): void {
    const told = this.#calls.get(caller);
    if (!told) return;
    this.#stop(caller, told);
    if (told.callerLine !== '')
      this.#state(caller, caller.uniqueid, told.callerLine, busy ? 'BUSY' : 'DISCONNECTED');
  }

  /** A channel ends: its hangup handlers run. */
  gone(leg: Leg): void {
    const leaving = this.#leaving.get(leg);
    if (leaving) this.#state(leg, leaving.call, leaving.line, 'IDLE');
    const told = this.#calls.get(leg);
    if (told) this.#stop(leg, told);
  }

  #stop(caller: Leg, told: Told): void {
    if (!told.answered) for (const line of told.lines) this.#state(caller, caller.uniqueid, line, 'IDLE');
    told.lines = [];
  }

  #state(leg: Leg, call: string, line: string, state: string): void {
    this.#say(leg, call, line, `LINE_CALLSTATE LINECALLSTATE_${state}`);
  }

  #say(leg: Leg, call: string, line: string, what: string): void {
    this.#tell(leg, `[~${call}&${line}] ${what}`);
  }

  #tell(leg: Leg, what: string): void {
    const headers = [
      ['Event', 'UserEvent'],
      ...channelHeaders(leg),
      ['UserEvent', 'TAPI'],
      ['TAPIEVENT', what],
    ] as const;
    this.#emit({ class: 'user', headers });
  }
}

const lineOf = ({ view }: Leg): string => phoneOf(view.user ?? '');

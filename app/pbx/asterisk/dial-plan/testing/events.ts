import type { PbxHint } from '../../../port.ts';
import type { AsteriskLine } from '../../account.ts';
import type { AmiHeader, AmiPacket } from '../../ami/packet.ts';
import type { LineFact } from '../../facts.ts';
import { DialPlanCalls } from '../dial-plan-calls.ts';

export const line = (name: string, given: Partial<AsteriskLine> = {}): AsteriskLine => ({
  name,
  channel: name,
  extension: '',
  person: '',
  ...given,
});

/** Who sends an event: a channel of this Uniqueid, belonging to the call of that Linkedid. */
export type From = {
  readonly id?: string;
  readonly linked?: string;
  readonly channel?: string;
  readonly headers?: readonly AmiHeader[];
};

/** A UserEvent as Asterisk 12 and later send it; without `id` as 1.4 did. */
export function userEvent(text: string, { id, linked = id, channel, headers = [] }: From): AmiPacket {
  const own: AmiHeader[] = [
    ['Channel', channel ?? ''],
    ...headers,
    ['Uniqueid', id ?? ''],
    ['Linkedid', linked ?? ''],
  ];
  return {
    headers: [
      ['Event', 'UserEvent'],
      ...own.filter(([, value]) => value !== ''),
      ['UserEvent', 'TAPI'],
      ['TAPIEVENT', text],
    ],
  };
}

export const hangup = (id: string): AmiPacket => ({
  headers: [
    ['Event', 'Hangup'],
    ['Uniqueid', id],
    ['Cause', '16'],
  ],
});

/** A dial plan at work, with a clock that stands still until it is moved. */
export class Rig {
  readonly calls: DialPlanCalls;
  readonly hints: PbxHint[] = [];
  now = 0;

  constructor(...lines: readonly AsteriskLine[]) {
    this.calls = new DialPlanCalls(lines, (hint) => this.hints.push(hint));
  }

  /** The facts that events of one channel tell. */
  say(from: From | string, ...texts: readonly string[]): LineFact[] {
    const sender = typeof from === 'string' ? { id: from } : from;
    return texts.flatMap((text) => this.calls.take(userEvent(text, sender), this.now));
  }

  hangup(id: string): LineFact[] {
    return this.calls.take(hangup(id), this.now);
  }

  pass(ms: number): LineFact[] {
    this.now += ms;
    return this.calls.elapsed(this.now);
  }

  get codes(): string[] {
    return this.hints.map(({ code, subject }) => `${code} ${subject}`.trim());
  }
}

/** `line kind cause` */
const short = ({ line, what }: LineFact): string =>
  'cause' in what ? `${line} ${what.kind} ${what.cause}` : `${line} ${what.kind}`;

export const told = (facts: readonly LineFact[]): string[] => facts.map(short);

export const state = (name: string): string => `LINE_CALLSTATE LINECALLSTATE_${name}`;
export const OFFERING = state('OFFERING');
export const CONNECTED = state('CONNECTED');
export const HANGUP = state('HANGUP');
export const IDLE = state('IDLE');

export const a = line('PJSIP/a');
export const b = line('PJSIP/b');
export const c = line('PJSIP/c');
/** Phone b rings for the call 1. */
export const ringB = ['LINE_NEWCALL PJSIP/b', `[~1&PJSIP/b] ${OFFERING}`];
export const phoneB: From = { id: '2', linked: '1', channel: 'PJSIP/b-0000000a' };

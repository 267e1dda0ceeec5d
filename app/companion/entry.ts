import type { Call, CallVerb } from '../calls/call.ts';
import type { CallSeed } from '../calls/reduce.ts';
import type { ChannelReport, CommandResult, PbxUser } from '../pbx/port.ts';
import type { Reply } from '../tsp/commands.ts';
import { verbsOf } from './outcomes.ts';
import type { PhoneKeys } from './phone-keys.ts';

/** A call from the moment it is asked for or seen; `call` is there from its first state on. */
export type Entry = {
  readonly id: number;
  readonly user: string;
  readonly seed: CallSeed;
  /** When it was asked for or first seen, ms since 1970. */
  readonly began: number;
  /** Which commands are keys of the user's phone. */
  readonly keys: PhoneKeys;
  call?: Call;
  channel?: string;
  /** The digits so far of a call whose number is not complete. */
  typed?: string | undefined;
  /** The request that this call answers, until it is answered. */
  reply?: Reply | undefined;
  /** A request was answered with this call: TAPI waits for its states. */
  promised?: boolean;
  /** The hang-up that is under way or agreed: a second one joins it. */
  hangup?: Promise<CommandResult> | undefined;
  /** A command that sends the call away is under way or agreed. */
  sentAway?: boolean;
  /** The call that this one asks for, before a transfer there. */
  about?: Entry | undefined;
  /** The call that asks before this one is transferred. */
  consultation?: Entry | undefined;
};

/** What is known of a call that a user asks for. */
export function askedSeed(
  id: number,
  line: string,
  kind: 'dial' | 'pickup',
  target: string,
  user: PbxUser,
): CallSeed {
  const own = { number: user.extension, name: user.name };
  const verbs = verbsOf(user.abilities);
  // Only a call that is made here can be given its number in parts.
  const can = kind === 'dial' ? new Set<CallVerb>([...verbs, 'dial']) : verbs;
  if (kind === 'pickup')
    return { id, line, direction: 'inbound', origin: 'inbound', reason: 'pickup', can, called: own };
  const called = { number: target, name: '' };
  return { id, line, direction: 'outbound', origin: 'outbound', reason: 'direct', can, caller: own, called };
}

/** What is known of a call that the PBX reports first. */
export function reportedSeed(id: number, line: string, report: ChannelReport, user: PbxUser): CallSeed {
  const { direction, internal, redirecting } = report;
  const inbound = direction === 'inbound';
  const forwarded = redirecting.number !== '' || redirecting.name !== '';
  return {
    id,
    line,
    direction,
    origin: report.origin ?? (inbound ? (internal ? 'internal' : 'external') : 'outbound'),
    reason: forwarded ? 'redirect' : 'direct',
    can: verbsOf(user.abilities),
  };
}

/** Dropped here while it rang: its end is a rejection. */
export const isRejected = (entry: Entry): boolean => entry.hangup !== undefined && neverAnswered(entry);

/** Dropped here before anybody answered there: no fault of the far end's. */
export const isGivenUp = ({ call, hangup }: Entry): boolean =>
  hangup !== undefined && call?.direction === 'outbound' && !call.answered;

/** Sent away from here while it rang. */
export const isRedirected = (entry: Entry): boolean => entry.sentAway === true && neverAnswered(entry);

const neverAnswered = ({ call }: Entry): boolean => call?.direction === 'inbound' && !call.answered;

/**
 * What is reported of an unverified call's channel is of another call: a call does not turn round, nor ring again. Where
 * the PBX says whose the channel is, there is nothing to guess.
 */
export const isAnother = (report: ChannelReport, { id, seed, call }: Entry): boolean =>
  report.call !== undefined
    ? report.call !== id
    : report.direction !== seed.direction || (report.what.kind === 'ringing' && call?.answered === true);

/** Neither did a program ask for it nor has it had a state: when it ends, it was no call. */
export const isUnheard = ({ call, promised }: Entry): boolean => !call && !promised;

/** Where a story plays: a program that has a line open, and the exchange behind it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../../simulator/exchange/exchange.ts';
import type { ChannelView } from '../../simulator/exchange/model.ts';
import type { PhoneSystem } from '../rig/phone-system.ts';
import { ProgramCall } from './program-call.ts';
import type { TelephonyProgram } from './telephony-program.ts';

export interface Stage {
  readonly system: PhoneSystem;
  readonly program: TelephonyProgram;
  /** The line's device at the program. */
  readonly device: number;
  readonly exchange: Exchange;
  /** Whose line is open. */
  readonly own: Person;
  readonly colleague: Person;
  /** Waits until the companion has heard that a colleague's phone rings, where the phone system tells it. */
  readonly offered: () => Promise<void>;
}

/** A user of the exchange. */
export interface Person {
  readonly name: string;
  readonly extension: string;
  readonly fullName: string;
}

/** Somebody outside, and somebody else. */
export const CUSTOMER = '0891234567';
export const SUPPLIER = '0301112233';

/** How often the exchange is looked at, in ms. */
const LOOK_MS = 20;

/** Somebody outside calls. @throws when the exchange does not place the call */
export function callIn({ exchange }: Stage, number: string, extension: string): void {
  const placed = exchange.outside.call(number, 'Zoë Zimmer', extension);
  if (!placed.ok) throw new Error(`the demo PBX did not place the call: ${placed.code}`);
}

/** The customer's call, offered to the program. */
export const rings = (stage: Stage, number = CUSTOMER): Promise<ProgramCall> =>
  ProgramCall.offered(stage.program, () => callIn(stage, number, stage.own.extension));

/** The same, answered by the program. */
export async function talks(stage: Stage, number = CUSTOMER): Promise<ProgramCall> {
  const call = await rings(stage, number);
  await call.does('answer', 'answer');
  await call.reaches('CONNECTED');
  return call;
}

/** The states of a call that the program makes, until the other end answers. */
export const OUTGOING = ['DIALTONE', 'DIALING', 'PROCEEDING', 'RINGBACK'] as const;

/** The program makes a call by `command`; the customer's phone will ring when it is called. */
export function makes({ exchange, program }: Stage, command: string): Promise<ProgramCall> {
  exchange.outside.set(CUSTOMER, { kind: 'rings', ringAfterMs: 100 }, 'Customer');
  return ProgramCall.made(program, command);
}

/** Waits until a user's phone is as it should be. */
export async function phoneShows(
  { exchange, program }: Stage,
  { name }: Person,
  what: string,
  matches: (channels: readonly ChannelView[]) => boolean,
): Promise<void> {
  const deadline = performance.now() + program.patience;
  while (!matches(exchange.channels(name))) {
    if (performance.now() > deadline) throw new Error(`at the exchange: not ${what}`);
    await sleep(LOOK_MS);
  }
}

/** Waits until no call is left at a user's phone. */
export const isFree = (stage: Stage, user: Person): Promise<void> =>
  phoneShows(stage, user, `${user.name}'s phone free`, (channels) => channels.length === 0);

/** Waits until a user's phone has a call with this number, in this state. */
export const hasCall = (
  stage: Stage,
  user: Person,
  state: ChannelView['state'],
  number: string,
): Promise<void> =>
  phoneShows(stage, user, `${user.name}'s phone ${state}`, (channels) =>
    channels.some(({ state: is, peer }) => is === state && peer.number === number),
  );

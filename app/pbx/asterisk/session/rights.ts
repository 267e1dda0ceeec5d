import type { AmiConnection } from '../ami/connection.ts';
import { type AmiPacket, header } from '../ami/packet.ts';

/** Whether something is so, as far as the server has shown it. */
export type Known = 'yes' | 'no' | 'unknown';

/** What a manager user may do and hears. Asterisk tells the actions; which events it leaves out only shows. */
export type AmiRights = {
  /** Actions this user may send, lower case. */
  readonly actions: ReadonlySet<string>;
  /** Whether events of these classes arrive (manager.conf, read=). */
  readonly reads: Readonly<Record<EventClass, Known>>;
  /** Whether the dial plan has the first line's number where the account dials. */
  readonly context: Known;
};

export type EventClass = 'call' | 'user' | 'system';

/** Of a server that does not list its actions: whatever the adapter may want to send is tried. */
const ALL_ACTIONS: readonly string[] = ['Originate', 'Hangup', 'Redirect', 'Status'];

/** Whether this user may send an action. */
export const may = ({ actions }: AmiRights, action: string): boolean => actions.has(action.toLowerCase());

/** Asks which actions this user may send (ListCommands, which needs no class). */
export async function allowedActions(connection: AmiConnection): Promise<ReadonlySet<string>> {
  const answer = await connection.action({ name: 'ListCommands' });
  const names = answer.ok ? answer.packet.headers.map(([name]) => name) : ALL_ACTIONS;
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => !NOT_ACTIONS.has(name)));
}

const NOT_ACTIONS: ReadonlySet<string> = new Set(['response', 'actionid', 'message', '']);

/** The class that lets the user see an event (`Privilege: call,all`). */
export function classOf(packet: AmiPacket): EventClass | undefined {
  const privilege = header(packet, 'Privilege');
  if (privilege === undefined) return undefined;
  return USUAL_PRIVILEGES.get(privilege) ?? rareClassOf(privilege.split(','));
}

const EVENT_CLASSES: readonly EventClass[] = ['call', 'user', 'system'];

/** Nearly every event has one class, and `all`. */
const USUAL_PRIVILEGES: ReadonlyMap<string, EventClass> = new Map(
  EVENT_CLASSES.map((each) => [`${each},all`, each]),
);

const rareClassOf = (names: readonly string[]): EventClass | undefined =>
  EVENT_CLASSES.find((each) => names.includes(each));

/** A channel of a technology that no Asterisk has: no phone is called by it. */
export const PROBE_CHANNEL = 'Tapline/probe';

/**
 * A call that cannot come about: no phone of this technology exists, so Asterisk calls nobody, and says so with an event
 * of class call. It leaves one warning in Asterisk's log ("No channel type registered for 'Tapline'").
 */
export const PROBE = {
  name: 'Originate',
  headers: [
    ['Channel', PROBE_CHANNEL],
    ['Application', 'NoOp'],
    ['Async', 'true'],
  ],
} as const;
/** ms that the event may take; it comes within a few. */
export const PROBE_WAIT = 1_500;

/**
 * A user who may not call anybody cannot ask like this. Where the dial plan tells of a call, and for so long nothing else
 * of any call is heard, ms, the class is missing: what the dial plan does next (Dial, Hangup) is an event of it.
 */
export const CALLS_FOLLOW = 20_000;

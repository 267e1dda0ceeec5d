import type { Element } from '@xmpp/client';
import type { Pbx, PbxEvent, PbxListener, SessionState, WireLine } from '../port.ts';
import type { MobydickAccount } from './account.ts';
import { type Command, encodeCommand } from './codec/commands.ts';
import { decodeMessage, decodeReply } from './codec/incoming.ts';
import type { UserInfo } from './codec/user-info.ts';
import { createCommands } from './commands.ts';
import { DEADLINES, type Deadlines } from './deadlines.ts';
import { MAX_CHANNELS, MAX_EARLY_EVENTS } from './limits.ts';
import type { MobydickPorts } from './ports.ts';
import { channelReport, pickupEvent } from './reports.ts';
import { failureOf, SessionFailure } from './session/failure.ts';
import { NS_DELAY } from './session/namespaces.ts';
import { createSession, type Link } from './session/session.ts';
import { initialPresence } from './session/stream.ts';
import { note, wireLine } from './trace.ts';
import { pbxUser, phoneOf } from './users.ts';

export type { MobydickAccount } from './account.ts';
export { DEADLINES, type Deadlines } from './deadlines.ts';
export { type MobydickPorts, systemPorts } from './ports.ts';

/** Static subscriptions: everything about the own user (xmppuser.ClientInfo). */
const SUBSCRIPTIONS = (['event', 'base', 'journal'] as const).map((module) => ({
  module,
  type: '*',
  scope: 'user' as const,
}));

/**
 * A mobydick or pascom PBX behind the port: signs in over XMPP and speaks the vendor's command API. After `start` come
 * `session` events with the stages, then `users`, then `session` online, then channels and pickups as they happen.
 * @param deadlines for tests; unset ones are DEADLINES
 */
export function createMobydick(
  account: MobydickAccount,
  listener: PbxListener,
  ports: MobydickPorts,
  deadlines: Partial<Deadlines> = {},
): Pbx {
  const waits: Deadlines = { ...DEADLINES, ...deadlines };
  const listen = guard(listener);
  let own: UserInfo | undefined;
  /** What came while the user information was under way; undefined when the session is online. */
  let early: Element[] | undefined = [];
  /** Which phone a channel is on, as far as events told. */
  const devices = new Map<string, string>();

  const greet = async (link: Link): Promise<SessionFailure | undefined> => {
    early = [];
    devices.clear();
    link.send(initialPresence());
    const { local, domain } = link.address;
    const clientInfo: Command = {
      name: 'ClientInfo',
      identity: ports.identity,
      user: local,
      jid: `${local}@${domain}`,
      subscriptions: SUBSCRIPTIONS,
    };
    // The deadline of the whole attempt is the shorter one.
    const answer = await link.ask(encodeCommand(clientInfo), waits.attempt);
    if (answer.kind === 'unanswered')
      return new SessionFailure({ code: 'silent', stage: 'userInfo', detail: answer.why });
    if (answer.kind === 'error') return noUserInfo(`${answer.condition} ${answer.text}`.trim());
    const reply = decodeReply(answer.stanza);
    if (!reply.ok) return noUserInfo(reply.why);
    if (reply.value.kind !== 'userInfo')
      return noUserInfo(reply.value.kind === 'failure' ? reply.value.message : 'an answer without it');
    own = reply.value.info;
    listen.event({ type: 'users', users: [pbxUser(own)] });
    return undefined;
  };

  const message = (element: Element, link: Link) => {
    if (element.attrs['from']?.toLowerCase() !== `pbx.${link.address.domain}`.toLowerCase())
      return ignore(element, `from ${element.attrs['from'] ?? 'nobody'}`);
    if (early === undefined) tell(element);
    else if (early.length < MAX_EARLY_EVENTS) early.push(element);
    else ignore(element, 'too many events before the user information');
  };

  /** A message that is not used is traced, with the reason. */
  const ignore = (element: Element, why: string) => {
    listen.trace(wireLine('in', element));
    listen.trace(note('ignored', why));
  };

  const tell = (element: Element) => {
    const decoded = decodeMessage(element);
    if (!decoded.ok) return ignore(element, decoded.why);
    const { value } = decoded;
    if (!own) return ignore(element, 'nobody is signed in');
    // What waited for a session that had vanished is old news; that a channel is gone stays true.
    if (element.getChild('delay', NS_DELAY) && value.event.eventType !== 'hangup')
      return ignore(element, `a delayed ${value.event.eventType}`);
    if (value.kind === 'pickup') {
      listen.trace(wireLine('in', element));
      return listen.event(pickupEvent(value.event, own));
    }
    const { event } = value;
    if (event.eventType === 'hangup') devices.delete(event.channel);
    else if (event.device !== '' && devices.size < MAX_CHANNELS) devices.set(event.channel, event.device);
    listen.event({ type: 'channel', report: channelReport(event, own), wire: wireLine('in', element) });
  };

  const state = (session: SessionState) => {
    listen.event({ type: 'session', session });
    if (session.state !== 'online') return;
    const waiting = early ?? [];
    early = undefined;
    for (const element of waiting) tell(element);
  };

  const session = createSession(account, { state, greet, message, trace: listen.trace }, ports, waits);
  const commands = createCommands(session.link, waits.command);
  const ofOwner = (user: string, command: () => ReturnType<Pbx['dial']>) =>
    own && user !== own.user
      ? Promise.resolve({ ok: false, code: 'unsupported', detail: 'not a user of this account' } as const)
      : command();

  /** The phone to answer with: where the channel rings, else the user's. */
  const phone = (channel: string) => devices.get(channel) ?? (own && phoneOf(own))?.name;

  return {
    start: session.start,
    stop: session.stop,
    dial: (user, target, call) => ofOwner(user, () => commands.send({ name: 'Dial', target }, { call })),
    answer: (user, channel) => ofOwner(user, () => commands.offhook(phone(channel), { channel })),
    hangup: (user, channel) => ofOwner(user, () => commands.send({ name: 'Hangup', channel }, { channel })),
    pickup: (user, target, call) => ofOwner(user, () => commands.send({ name: 'Pickup', target }, { call })),
  };
}

function noUserInfo(detail: string): SessionFailure {
  return new SessionFailure({ code: 'noUserInfo', stage: 'userInfo', detail });
}

/** A listener that throws is the listener's trouble: the session goes on, and the trace says so. */
function guard(listener: PbxListener): PbxListener {
  const trace = (line: WireLine) => {
    try {
      listener.trace(line);
    } catch {
      // nowhere left to tell it
    }
  };
  const event = (told: PbxEvent) => {
    try {
      listener.event(told);
    } catch (error) {
      trace(note('listener failed', failureOf(error, 'online').problem.detail));
    }
  };
  return { event, trace };
}

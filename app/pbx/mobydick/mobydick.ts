import { DEADLINES, type Deadlines } from '../connection/deadlines.ts';
import { SessionFailure } from '../connection/failure.ts';
import { guarded } from '../guarded-listener.ts';
import type { Pbx, PbxListener, SessionState } from '../port.ts';
import type { MobydickAccount } from './account.ts';
import { type Command, encodeCommand } from './codec/commands.ts';
import { decodeReply } from './codec/incoming.ts';
import type { UserInfo } from './codec/user-info.ts';
import { createCommands } from './commands.ts';
import { createEvents } from './events.ts';
import { MAX_JOURNAL } from './limits.ts';
import type { MobydickPorts } from './ports.ts';
import { endedCall } from './reports.ts';
import { createSession, type Link } from './session/session.ts';
import { initialPresence } from './session/stream.ts';
import { hasKey, isOwn, pbxUser, phoneOf } from './users.ts';

export { DEADLINES, type Deadlines } from '../connection/deadlines.ts';
export type { MobydickAccount } from './account.ts';
export { type MobydickPorts, systemPorts } from './ports.ts';

/** Static subscriptions: everything about the own user (xmppuser.ClientInfo). */
const SUBSCRIPTIONS = (['event', 'base', 'journal', 'location'] as const).map((module) => ({
  module,
  type: '*',
  scope: 'user' as const,
}));

/**
 * A mobydick or pascom PBX behind the port: signs in over XMPP and speaks the vendor's command API. After `start` come
 * `session` events with the stages, then `users`, then `session` online, then phone, channels, pickups and ended calls as
 * they happen; `users` again when the user sits down at another desk. A session that is resumed goes on where it was: no
 * `users`, and the phone only when it changed.
 * @param deadlines for tests; unset ones are DEADLINES
 */
export function createMobydick(
  account: MobydickAccount,
  listener: PbxListener,
  ports: MobydickPorts,
  deadlines: Partial<Deadlines> = {},
): Pbx {
  const waits: Deadlines = { ...DEADLINES, ...deadlines };
  const listen = guarded(listener);
  let own: UserInfo | undefined;
  const introduce = (user: UserInfo) => {
    own = user;
    listen.event({ type: 'users', users: [pbxUser(user)] });
  };
  const events = createEvents(listen, introduce);

  const greet = async (link: Link): Promise<SessionFailure | undefined> => {
    events.begin();
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
    introduce(reply.value.info);
    return undefined;
  };

  const state = (session: SessionState) => {
    listen.event({ type: 'session', session });
    const link = connection.link();
    if (session.state === 'online' && own && link) events.online(own, link);
  };

  const hooks = { state, greet, told: events.take, trace: listen.trace };
  const connection = createSession(account, hooks, ports, waits);
  const commands = createCommands(connection.link, waits.command);
  const ofOwner = (user: string, command: () => ReturnType<Pbx['dial']>) =>
    own && user !== own.user
      ? Promise.resolve({ ok: false, code: 'unsupported', detail: 'not a user of this account' } as const)
      : command();

  /** The phone whose key is pressed: where the channel is, else the user's. */
  const phone = (channel: string) => events.deviceOf(channel) ?? (own && phoneOf(own))?.name;

  /** One key holds and takes back: which of the two it does is the phone's own knowledge. */
  const pressHold = (user: string, channel: string) =>
    ofOwner(user, async () => {
      const device = phone(channel);
      if (own && device !== undefined && !hasKey(own, device, 'hold'))
        return { ok: false, code: 'unsupported', detail: 'this phone has no hold key' };
      return commands.press('Hold', device, { channel });
    });

  const endedCalls: Pbx['endedCalls'] = async (user, since) => {
    const asking = own;
    if (!asking || user !== asking.user) return undefined;
    const entries = await commands.journal(MAX_JOURNAL);
    return entries
      ?.filter((entry) => isOwn(entry.user, asking) && entry.timestamp >= since)
      .map((entry) => endedCall(entry));
  };

  /** Nothing in the vendor's command API does it for certain. */
  const unsupported = () =>
    Promise.resolve({
      ok: false,
      code: 'unsupported',
      detail: 'the command API has no such command',
    } as const);

  return {
    start: connection.start,
    stop: connection.stop,
    check: connection.check,
    dial: (user, target, call) => ofOwner(user, () => commands.send({ name: 'Dial', target }, { call })),
    answer: (user, channel) => ofOwner(user, () => commands.press('Offhook', phone(channel), { channel })),
    hold: pressHold,
    unhold: pressHold,
    blindTransfer: (user, channel, target) =>
      ofOwner(user, () => commands.send({ name: 'Transfer', channel, target }, { channel })),
    hangup: (user, channel) => ofOwner(user, () => commands.send({ name: 'Hangup', channel }, { channel })),
    pickup: (user, target, call) => ofOwner(user, () => commands.send({ name: 'Pickup', target }, { call })),
    redirect: unsupported,
    sendDigits: unsupported,
    consult: unsupported,
    completeTransfer: unsupported,
    endedCalls,
  };
}

function noUserInfo(detail: string): SessionFailure {
  return new SessionFailure({ code: 'noUserInfo', stage: 'userInfo', detail });
}

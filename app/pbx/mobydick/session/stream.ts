import { type Client, client, type Element, type Jid, jid, xml } from '@xmpp/client';
import type { SignInStage, WireLine } from '../../port.ts';
import type { SignInTarget } from '../account.ts';
import type { Deadlines } from '../deadlines.ts';
import type { MobydickPorts } from '../ports.ts';
import { type Credentials, prepareCredentials } from '../sasl/credentials.ts';
import { MECHANISMS, signIn } from '../sasl/sign-in.ts';
import { type About, note, wireLine } from '../trace.ts';
import { failureOf, SessionFailure, type Stage, streamFailure } from './failure.ts';
import { NS_BIND, NS_SASL, NS_STREAM } from './namespaces.ts';
import { saslInbox } from './sasl-inbox.ts';
import type { SecureSocket } from './secure-socket.ts';
import { insertTransport } from './transport.ts';

/** What one stream tells. None of these is called after `ended`. */
export type StreamHooks = {
  readonly stage: (stage: SignInStage) => void;
  /** Signed in and bound to this address. */
  readonly bound: (address: Jid) => void;
  /** A stanza that is not the library's business: every message and presence, every iq answer. Not traced yet. */
  readonly stanza: (stanza: Element) => void;
  /** Bytes arrived. */
  readonly heard: () => void;
  readonly trace: (line: WireLine) => void;
  /** The stream is over and its connection gone. Called once. */
  readonly ended: (failure: SessionFailure) => void;
};

/** One connection, from the first packet to its end; there is a new one for each attempt. */
export type Stream = {
  /** The session counts as online from now on: failures say so. */
  readonly online: () => void;
  readonly send: (stanza: Element, about?: About) => void;
  /** Cuts the connection; `ended` is called before this returns. */
  readonly fail: (failure: SessionFailure) => void;
  /** Says goodbye and closes. Resolves when the connection is gone; `ended` is not called. */
  readonly signOut: () => Promise<void>;
};

/**
 * Opens one stream with @xmpp/client. Of the library come the stream, its restarts, the order of features, the binding
 * and the answers to pings; the transport and the sign-in are ours. What the server offers beyond that (stream
 * management, SASL2) is taken out of its features: a session is never resumed here, so no command is ever sent twice.
 * @throws SessionFailure when the credentials cannot be sent at all
 */
export function openStream(
  target: SignInTarget,
  password: string,
  hooks: StreamHooks,
  ports: MobydickPorts,
  deadlines: Deadlines,
): Stream {
  let credentials: Credentials | undefined = prepareCredentials(target.user, password);
  const inbox = saslInbox();
  let stage: Stage = 'resolve';
  let over = false;
  let leaving = false;
  let address: Jid | undefined;
  let socket: SecureSocket | undefined;

  const enter = (next: SignInStage) => {
    stage = next;
    if (!over) hooks.stage(next);
  };
  const finish = (failure: SessionFailure | undefined) => {
    if (over) return;
    over = true;
    inbox.end(failure ?? new SessionFailure({ code: 'lost', stage, detail: 'signed out' }));
    socket?.destroy();
    // The library's promises wait with timers of their own; an error ends them all.
    const end = failure ?? new Error('signed out');
    for (const waiting of entity.iqCaller.handlers.values()) waiting.reject(end);
    entity.emit('error', end);
    if (failure && !leaving) hooks.ended(failure);
  };
  const fail = (error: unknown) => finish(failureOf(error, stage));
  const guarded = (run: () => void) => {
    try {
      run();
    } catch (error) {
      hooks.trace(note('listener failed', String(error)));
    }
  };

  /** Sees each element before the library does. @returns whether the library gets it. */
  const gate = (element: Element): boolean => {
    if (over) return false;
    const { type } = element.attrs;
    const ours = address !== undefined && isStanza(element) && type !== 'get' && type !== 'set';
    if (!ours) hooks.trace(wireLine('in', element));
    if (element.is('error', NS_STREAM)) {
      const [condition, text] = element.getChildElements();
      fail(streamFailure(condition?.getName() ?? 'unknown', text?.getText() ?? '', stage));
      return false;
    }
    if (element.is('features', NS_STREAM)) return keepUsedFeatures(element, stage, fail);
    if (element.getNS() === NS_SASL) {
      inbox.put(element);
      return false;
    }
    if (!isStanza(element)) return false;
    if (!dropBadAddresses(element)) hooks.trace(note('bad address', `in <${element.name}/>, left out`));
    if (ours) guarded(() => hooks.stanza(element));
    return !ours && element.name === 'iq';
  };

  const authenticate = async (offered: readonly string[]) => {
    const held = credentials;
    credentials = undefined;
    if (!held || !entity.isSecure())
      throw new SessionFailure({ code: 'wrongServer', stage, detail: 'asks for the password out of turn' });
    const nonce = ports.randomBytes(NONCE_BYTES).toString('base64');
    await signIn({ send, next: inbox.next }, offered, held, nonce);
    enter('bind');
  };

  const entity: Client = client({
    service: `xmpp://${target.domain}`, // only its scheme is read: the transport knows where to go
    domain: target.domain,
    resource: target.resource,
    timeout: deadlines.attempt,
    credentials: (_authenticate, offered) => authenticate(offered),
  });
  entity.reconnect.stop();
  // The library offers us what it knows by name; the mechanisms behind the names are ours (sasl/sign-in.ts).
  for (const mechanism of MECHANISMS) entity.saslFactory.use(mechanism, Object);
  const settings = { target, ports, connectDeadline: deadlines.connect, stage: enter, heard: hooks.heard };
  const made = (own: SecureSocket) => {
    socket = own;
    own.once('close', () => fail(new Error('the connection was closed')));
  };
  insertTransport(entity, settings, made, gate, fail);
  entity.on('error', fail);
  entity.once('close', () => fail(new Error('the server ended the stream')));
  // What the library sends itself: the binding and answers to pings. Ours is traced before it is written.
  entity.on('send', (element: Element) => hooks.trace(wireLine('out', element)));
  entity.once('online', (bound: Jid) => {
    if (over) return;
    address = bound;
    enter('userInfo');
    guarded(() => hooks.bound(bound));
  });

  const send = (stanza: Element, about?: About) => {
    if (over) return;
    hooks.trace(wireLine('out', stanza, about));
    entity.write(stanza.toString()).catch(fail);
  };

  enter('resolve');
  entity
    .connect(`xmpp://${target.domain}`)
    .then(() => {
      enter('signIn');
      return entity.open({ domain: target.domain });
    })
    .catch(fail);

  return {
    online: () => {
      stage = 'online';
    },
    send,
    fail: finish,
    signOut: () =>
      new Promise((resolve) => {
        const close = () => {
          timer.cancel();
          finish(undefined);
          resolve();
        };
        leaving = true;
        const timer = ports.clock.after(deadlines.signOut, close);
        if (over || !address) return close();
        socket?.once('close', close);
        entity
          .write('</stream:stream>')
          .then(() => socket?.end())
          .catch(close);
      }),
  };
}

const NONCE_BYTES = 24;

const isStanza = ({ name }: Element) => name === 'iq' || name === 'message' || name === 'presence';

/** Leaves the library only what the sign-in uses. @returns false when what it needs next is missing. */
function keepUsedFeatures(features: Element, stage: string, fail: (error: unknown) => void): boolean {
  const wanted = stage === 'bind' ? 'bind' : 'mechanisms';
  const xmlns = stage === 'bind' ? NS_BIND : NS_SASL;
  const feature = features.getChild(wanted, xmlns);
  features.children = feature ? [feature] : [];
  if (feature) return true;
  const detail = `the server's features lack <${wanted}/>`;
  fail(new SessionFailure({ code: 'wrongServer', stage: stage === 'bind' ? 'bind' : 'signIn', detail }));
  return false;
}

/** The library throws at an address without a domain. @returns false when one was taken out. */
function dropBadAddresses(stanza: Element): boolean {
  let good = true;
  for (const name of ['from', 'to']) {
    const address = stanza.attrs[name];
    if (address === undefined) continue;
    try {
      jid(address);
    } catch {
      delete stanza.attrs[name];
      good = false;
    }
  }
  return good;
}

/** Available, below every chat client of the user: no chat message lands here (RFC 6121 section 4.7.2.3). */
export const initialPresence = (): Element => xml('presence', {}, xml('priority', {}, '-1'));

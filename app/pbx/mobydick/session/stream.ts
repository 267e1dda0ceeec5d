import { type Client, client, type Element, type Jid, jid, xml } from '@xmpp/client';
import type { Deadlines } from '../../connection/deadlines.ts';
import { SessionFailure, type Stage } from '../../connection/failure.ts';
import type { SignInStage, WireLine } from '../../port.ts';
import type { SignInTarget } from '../account.ts';
import type { MobydickPorts } from '../ports.ts';
import { type Credentials, prepareCredentials } from '../sasl/credentials.ts';
import { MECHANISMS, signIn } from '../sasl/sign-in.ts';
import { type About, note, wireLine } from '../trace.ts';
import { failureOf, streamFailure } from './failure.ts';
import { NS_BIND, NS_SASL, NS_SM, NS_STREAM } from './namespaces.ts';
import { saslInbox } from './sasl-inbox.ts';
import type { SecureSocket } from './secure-socket.ts';
import type { StreamManagement } from './stream-management.ts';
import { insertTransport } from './transport.ts';

/** What one stream tells. None of these is called after `ended`. */
export type StreamHooks = {
  /** `plainText`: told with `signIn` where nothing is encrypted. */
  readonly stage: (stage: SignInStage, plainText: boolean) => void;
  /** Signed in: bound to this address as a new session, or the one that was lost, resumed. */
  readonly bound: (address: Jid, resumed: boolean) => void;
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
 * and the answers to pings; the transport, the sign-in and stream management are ours. What the server offers beyond
 * that (SASL2) is taken out of its features.
 * @param management undefined: not used, whatever the server offers
 * @throws SessionFailure when the credentials cannot be sent at all
 */
export function openStream(
  target: SignInTarget,
  password: string,
  management: StreamManagement | undefined,
  hooks: StreamHooks,
  ports: MobydickPorts,
  deadlines: Deadlines,
): Stream {
  let credentials: Credentials | undefined = prepareCredentials(target.user, password);
  const inbox = saslInbox();
  const takeBadAddresses = badAddresses();
  let stage: Stage = 'resolve';
  let over = false;
  let leaving = false;
  let address: Jid | undefined;
  let socket: SecureSocket | undefined;
  /** The server knows stream management. */
  let manageable = false;
  /** The features that wait for the server's word on the resumption. */
  let held: Element | undefined;

  const enter = (next: SignInStage, plainText = false) => {
    stage = next;
    if (!over) hooks.stage(next, plainText);
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
    // Acknowledgements come with every stanza: they would push everything else out of the trace.
    if (!ours && !isAcknowledgement(element)) hooks.trace(wireLine('in', element));
    if (element.is('error', NS_STREAM)) {
      const [condition, text] = element.getChildElements();
      fail(streamFailure(condition?.getName() ?? 'unknown', text?.getText() ?? '', stage));
      return false;
    }
    if (element.is('features', NS_STREAM)) {
      takeFeatures(element);
      return false;
    }
    if (element.getNS() === NS_SM) {
      manage(element);
      return false;
    }
    if (element.getNS() === NS_SASL) {
      inbox.put(element);
      return false;
    }
    if (!isStanza(element)) return false;
    management?.counted();
    for (const bad of takeBadAddresses(element))
      hooks.trace(note('bad address', `left out of <${element.name}/>: ${bad}`));
    if (ours) guarded(() => hooks.stanza(element));
    return !ours && element.name === 'iq';
  };

  const takeFeatures = (features: Element) => {
    if (held) return fail(new SessionFailure({ code: 'wrongServer', stage, detail: 'features out of turn' }));
    manageable = stage === 'bind' && features.getChild('sm', NS_SM) !== undefined;
    const resume = manageable ? management?.resume() : undefined;
    if (!resume) return passOn(features);
    held = features;
    send(resume);
  };

  /** Gives the library what it needs next of the features, and nothing else. */
  const passOn = (features: Element) => {
    const feature =
      stage === 'bind' ? features.getChild('bind', NS_BIND) : features.getChild('mechanisms', NS_SASL);
    if (!feature) {
      const detail = `the server's features lack <${stage === 'bind' ? 'bind' : 'mechanisms'}/>`;
      const at = stage === 'bind' ? 'bind' : 'signIn';
      return fail(new SessionFailure({ code: 'wrongServer', stage: at, detail }));
    }
    const used = xml(features.name, { ...features.attrs }, feature);
    used.parent = features.parent;
    entity.emit('element', used);
  };

  const manage = (element: Element) => {
    const managed = management?.take(element);
    if (managed?.kind === 'say') entity.write(managed.element.toString()).catch(fail);
    else if (managed?.kind === 'refused' && held) passOn(held);
    else if (managed?.kind === 'broken') {
      const code = stage === 'online' ? 'lost' : 'wrongServer';
      fail(new SessionFailure({ code, stage, detail: managed.why }));
    } else if (managed?.kind === 'resumed') {
      address = managed.address;
      guarded(() => hooks.bound(managed.address, true));
    }
  };

  const authenticate = async (offered: readonly string[]) => {
    const given = credentials;
    credentials = undefined;
    if (!given)
      throw new SessionFailure({ code: 'wrongServer', stage, detail: 'asks for the password out of turn' });
    const nonce = ports.randomBytes(NONCE_BYTES).toString('base64');
    await signIn({ send, next: inbox.next, secure: entity.isSecure() }, offered, given, nonce);
    socket?.worked();
    enter('bind');
  };

  const entity: Client = client({
    service: SERVICE,
    domain: '', // found on the way to the server, and set before the first stream
    resource: target.resource,
    timeout: deadlines.attempt,
    credentials: (_authenticate, offered) => authenticate(offered),
  });
  entity.reconnect.stop();
  // The library offers us what it knows by name; the mechanisms behind the names are ours (sasl/sign-in.ts).
  for (const mechanism of MECHANISMS) entity.saslFactory.use(mechanism, Object);
  const { heard, trace } = hooks;
  const settings = { target, ports, connectDeadline: deadlines.connect, stage: enter, heard, trace };
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
    if (manageable && management) send(management.enable());
    guarded(() => hooks.bound(bound, false));
  });

  const send = (stanza: Element, about?: About) => {
    if (over) return;
    hooks.trace(wireLine('out', stanza, about));
    entity.write(stanza.toString()).catch(fail);
  };

  enter('resolve');
  entity
    .connect(SERVICE)
    .then(() => {
      enter('signIn', socket?.secure === false);
      const domain = socket?.domain ?? '';
      entity.options.domain = domain;
      return entity.open({ domain });
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
/** Only its scheme is read: the transport knows where to go. */
const SERVICE = 'xmpp://pbx';

const isStanza = ({ name }: Element) => name === 'iq' || name === 'message' || name === 'presence';
const isAcknowledgement = (element: Element) => element.is('r', NS_SM) || element.is('a', NS_SM);

/** The library throws at an address without a domain. @returns takes those out of a stanza, and tells them */
function badAddresses(): (stanza: Element) => string[] {
  /** Nearly every stanza comes from the same one and goes to the same one: they are looked at once. */
  const good: Record<string, string> = {};
  return (stanza) => {
    const bad: string[] = [];
    for (const name of ['from', 'to']) {
      const address = stanza.attrs[name];
      if (address === undefined || address === good[name]) continue;
      try {
        jid(address);
        good[name] = address;
      } catch {
        delete stanza.attrs[name];
        bad.push(address);
      }
    }
    return bad;
  };
}

/** Available, below every chat client of the user: no chat message lands here (RFC 6121 section 4.7.2.3). */
export const initialPresence = (): Element => xml('presence', {}, xml('priority', {}, '-1'));

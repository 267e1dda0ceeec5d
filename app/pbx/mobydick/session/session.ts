import { type Element, type Jid, xml } from '@xmpp/client';
import { createAttempts, type Run, type RunHooks } from '../../connection/attempts.ts';
import type { Deadlines } from '../../connection/deadlines.ts';
import { SessionFailure } from '../../connection/failure.ts';
import { type KeepAlive, startKeepAlive } from '../../connection/keep-alive.ts';
import type { SessionState, WireLine } from '../../port.ts';
import { type MobydickAccount, signInTarget } from '../account.ts';
import type { MobydickPorts } from '../ports.ts';
import { type About, note, wireLine } from '../trace.ts';
import { failureOf } from './failure.ts';
import { NS_PING } from './namespaces.ts';
import { createRequests, mayAnswer, type Requests } from './requests.ts';
import { openStream, type Stream } from './stream.ts';
import { createStreamManagement, type Resumable, type StreamManagement } from './stream-management.ts';

/** A stream that is bound: what can be done with it. */
export type Link = {
  readonly address: Jid;
  /** Whether it is the session of before, taken up again. */
  readonly resumed: boolean;
  readonly ask: Requests['ask'];
  readonly send: (stanza: Element) => void;
};

export type SessionHooks = {
  readonly state: (state: SessionState) => void;
  /**
   * What has to be said before a new session counts as online; a resumed one has said it before. Resolves to the reason
   * when it failed.
   */
  readonly greet: (link: Link) => Promise<SessionFailure | undefined>;
  /** Every message and presence, from the binding on. Not traced yet. */
  readonly told: (stanza: Element, link: Link) => void;
  readonly trace: (line: WireLine) => void;
};

/** Keeps one account signed in: one attempt at a time, each with one deadline. */
export type Session = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The network or the machine has come back. However often it is called, there is one attempt or one ping. */
  readonly check: () => void;
  /** The link while the session is online. */
  readonly link: () => Link | undefined;
};

/** What one stream has on top of its connection. */
type Bound = { readonly requests: Requests; readonly link: Link; keepAlive?: KeepAlive };

export function createSession(
  account: MobydickAccount,
  hooks: SessionHooks,
  ports: MobydickPorts,
  deadlines: Deadlines,
): Session {
  const { clock } = ports;
  const target = signInTarget(account);
  let online: Link | undefined;
  /** What is left of a session that was online, and until when the server holds it. */
  let kept: { readonly session: Resumable; readonly until: number } | undefined;

  const management = (): StreamManagement | undefined => {
    if (!target.streamManagement) return undefined;
    return createStreamManagement(kept && clock.now() < kept.until ? kept.session : undefined);
  };

  /** Only a session that was online is worth resuming, and it is asked for once: a server may fail at it each time. */
  const leftOf = (managed: StreamManagement | undefined, link: Link | undefined): typeof kept => {
    if (!link) return managed?.untried() ? kept : undefined;
    const session = managed?.left(link.address);
    return session && { session, until: clock.now() + (session.holds ?? Number.POSITIVE_INFINITY) };
  };

  const open = (password: string, run: RunHooks): Run => {
    const managed = management();
    let bound: Bound | undefined;
    /** Nothing is heard any more. */
    let over = false;

    const release = (why: string) => {
      over = true;
      online = undefined;
      bound?.keepAlive?.stop();
      bound?.requests.end(why);
    };
    const goOnline = (current: Bound) => {
      const { link } = current;
      stream.online();
      const ping = () => current.requests.tell(xml('ping', { xmlns: NS_PING }));
      current.keepAlive = startKeepAlive(ping, clock, deadlines, () => {
        const detail = `nothing heard for ${deadlines.quiet + deadlines.ping} ms`;
        stream.fail(new SessionFailure({ code: 'silent', stage: 'online', detail }));
      });
      online = link;
      run.online(link.resumed);
    };

    const stream: Stream = openStream(
      target,
      password,
      managed,
      {
        stage: (stage, plainText) => {
          if (over) return;
          if (stage === 'bind') run.passwordWorked();
          run.stage(stage, plainText);
        },
        heard: () => bound?.keepAlive?.heard(),
        stanza: (stanza) => {
          if (over || !bound) return;
          if (stanza.name !== 'iq') hooks.told(stanza, bound.link);
          else if (mayAnswer(stanza, bound.link.address))
            hooks.trace(wireLine('in', stanza, bound.requests.take(stanza)));
          else {
            hooks.trace(wireLine('in', stanza));
            hooks.trace(note('ignored', `an answer from ${stanza.attrs['from']}`));
          }
        },
        bound: (address, resumed) => {
          const send = (stanza: Element, about?: About) => stream.send(stanza, about);
          const requests = createRequests(send, clock, ports.randomBytes(ID_BYTES).toString('hex'));
          const current: Bound = { requests, link: { address, resumed, ask: requests.ask, send } };
          bound = current;
          if (resumed) return goOnline(current);
          hooks.greet(current.link).then(
            (problem) => {
              if (over) return;
              if (problem) stream.fail(problem);
              else goOnline(current);
            },
            (error: unknown) => stream.fail(failureOf(error, 'userInfo')),
          );
        },
        trace: hooks.trace,
        ended: (failure) => {
          if (!over) kept = leftOf(managed, bound?.keepAlive && bound.link);
          release(failure.message);
          run.ended(failure);
        },
      },
      ports,
      deadlines,
    );
    return {
      fail: stream.fail,
      check: () => bound?.keepAlive?.check(),
      signOut: () => {
        release('signed out');
        kept = undefined;
        return stream.signOut();
      },
    };
  };

  const attempts = createAttempts(account.password, open, hooks.state, ports, deadlines);
  return {
    start: attempts.start,
    stop: () => {
      online = undefined;
      kept = undefined;
      return attempts.stop();
    },
    check: attempts.check,
    link: () => online,
  };
}

const ID_BYTES = 8;

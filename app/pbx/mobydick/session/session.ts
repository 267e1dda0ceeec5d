import { type Element, type Jid, xml } from '@xmpp/client';
import type { Timer } from '../../../clock.ts';
import type { SessionState, WireLine } from '../../port.ts';
import { type MobydickAccount, signInTarget } from '../account.ts';
import type { Deadlines } from '../deadlines.ts';
import type { MobydickPorts } from '../ports.ts';
import { type About, note, wireLine } from '../trace.ts';
import { failureOf, SessionFailure, type Stage } from './failure.ts';
import { type KeepAlive, startKeepAlive } from './keep-alive.ts';
import { createKnownPassword } from './known-password.ts';
import { NS_PING } from './namespaces.ts';
import { createRequests, mayAnswer, type Requests } from './requests.ts';
import { createRetries } from './retries.ts';
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

/** Everything that belongs to one attempt and ends with it. */
type Attempt = {
  stage: Stage;
  readonly management: StreamManagement | undefined;
  /** Until the server has taken it. */
  password?: string;
  stream?: Stream;
  requests?: Requests;
  keepAlive?: KeepAlive;
  link?: Link;
  deadline?: Timer;
};

/** The wait for the next attempt. */
type Wait = { readonly timer: Timer; readonly ends: number; readonly mayEndEarly: boolean };

export function createSession(
  account: MobydickAccount,
  hooks: SessionHooks,
  ports: MobydickPorts,
  deadlines: Deadlines,
): Session {
  const { clock } = ports;
  const target = signInTarget(account);
  const retries = createRetries(ports.random, deadlines);
  const known = createKnownPassword(ports.randomBytes(KEY_BYTES));
  let attempt: Attempt | undefined;
  let wait: Wait | undefined;
  /** When the newest attempt began. */
  let lastBegan = Number.NEGATIVE_INFINITY;
  /** What is left of a session that was online, and until when the server holds it. */
  let kept: { readonly session: Resumable; readonly until: number } | undefined;

  /** Lets go of the attempt. Its commands end at once; nothing it still says is heard. */
  const release = (ended: Attempt, why: string) => {
    attempt = undefined;
    ended.deadline?.cancel();
    ended.keepAlive?.stop();
    ended.requests?.end(why);
  };

  const ended = (which: Attempt, failure: SessionFailure) => {
    if (attempt !== which) return;
    kept = leftOf(which);
    const passwordWorked = which.password !== undefined && known.isKnown(which.password);
    release(which, failure.message);
    const { problem } = failure;
    const pause = retries.after(failure, passwordWorked);
    if (!pause) return hooks.state({ state: 'failed', problem });
    waitFor(pause.delay, pause.mayEndEarly);
    hooks.state({ state: 'waiting', delay: pause.delay, problem });
  };

  /** Only a session that was online is worth resuming, and it is asked for once: a server may fail at it each time. */
  const leftOf = ({ stage, link, management }: Attempt): typeof kept => {
    if (stage !== 'online' || !link) return management?.untried() ? kept : undefined;
    const session = management?.left(link.address);
    return session && { session, until: clock.now() + (session.holds ?? Number.POSITIVE_INFINITY) };
  };

  /** Ends the attempt, through its stream when there is one. */
  const fail = (which: Attempt, failure: SessionFailure) => {
    if (which.stream) which.stream.fail(failure);
    else ended(which, failure);
  };

  const waitFor = (delay: number, mayEndEarly: boolean) => {
    wait = { timer: clock.after(delay, begin), ends: clock.now() + delay, mayEndEarly };
  };

  const begin = () => {
    wait?.timer.cancel();
    wait = undefined;
    lastBegan = clock.now();
    const current: Attempt = { stage: 'resolve', management: management() };
    attempt = current;
    current.deadline = clock.after(deadlines.attempt, () => {
      const detail = `no answer within ${deadlines.attempt} ms`;
      if (!current.stream) return ended(current, passwordMissing(new Error(detail), 'backOff'));
      fail(current, new SessionFailure({ code: 'silent', stage: current.stage, detail }));
    });
    hooks.state({ state: 'connecting', stage: 'resolve' });
    account.password().then(
      (password) => {
        if (attempt === current) open(current, password);
      },
      (error: unknown) => fail(current, passwordMissing(error)),
    );
  };

  const management = (): StreamManagement | undefined => {
    if (!target.streamManagement) return undefined;
    return createStreamManagement(kept && clock.now() < kept.until ? kept.session : undefined);
  };

  const open = (current: Attempt, password: string) => {
    current.password = password;
    const { stage, bound, stanza, heard } = streamHooks(current);
    const finished = (failure: SessionFailure) => ended(current, failure);
    try {
      const told = { stage, bound, stanza, heard, trace: hooks.trace, ended: finished };
      current.stream = openStream(target, password, current.management, told, ports, deadlines);
    } catch (error) {
      ended(current, failureOf(error, 'signIn'));
    }
  };

  const streamHooks = (current: Attempt) => ({
    stage: (stage: Stage, plainText: boolean) => {
      if (attempt !== current || stage === current.stage || stage === 'online') return;
      current.stage = stage;
      if (stage === 'bind' && current.password !== undefined) {
        known.worked(current.password);
        delete current.password;
      }
      hooks.state({ state: 'connecting', stage, ...(plainText && { plainText }) });
    },
    heard: () => current.keepAlive?.heard(),
    stanza: (stanza: Element) => {
      if (attempt !== current || !current.link) return;
      if (stanza.name !== 'iq') hooks.told(stanza, current.link);
      else if (mayAnswer(stanza, current.link.address))
        hooks.trace(wireLine('in', stanza, current.requests?.take(stanza)));
      else {
        hooks.trace(wireLine('in', stanza));
        hooks.trace(note('ignored', `an answer from ${stanza.attrs['from']}`));
      }
    },
    bound: (address: Jid, resumed: boolean) => {
      const send = (stanza: Element, about?: About) => current.stream?.send(stanza, about);
      const requests = createRequests(send, clock, ports.randomBytes(ID_BYTES).toString('hex'));
      const link: Link = { address, resumed, ask: requests.ask, send };
      current.requests = requests;
      current.link = link;
      if (resumed) return online(current, requests, link);
      hooks.greet(link).then(
        (problem) => {
          if (attempt !== current) return;
          if (problem) fail(current, problem);
          else online(current, requests, link);
        },
        (error: unknown) => fail(current, failureOf(error, 'userInfo')),
      );
    },
  });

  const online = (current: Attempt, requests: Requests, { resumed }: Link) => {
    current.deadline?.cancel();
    current.stage = 'online';
    current.stream?.online();
    retries.reset();
    const ping = () => requests.tell(xml('ping', { xmlns: NS_PING }));
    current.keepAlive = startKeepAlive(ping, clock, deadlines, () => {
      const detail = `nothing heard for ${deadlines.quiet + deadlines.ping} ms`;
      fail(current, new SessionFailure({ code: 'silent', stage: 'online', detail }));
    });
    hooks.state({ state: 'online', resumed });
  };

  /** Brings the next attempt forward: to this moment, where that is not too soon after the last one. */
  const hurry = (waiting: Wait) => {
    const soonest = Math.max(0, lastBegan + deadlines.betweenAttempts - clock.now());
    if (!waiting.mayEndEarly || clock.now() + soonest >= waiting.ends) return;
    waiting.timer.cancel();
    if (soonest === 0) begin();
    else waitFor(soonest, true);
  };

  /** An attempt that has no connection yet may hang in a network that is gone; a later one has its deadline. */
  const restartIfStuck = (current: Attempt) => {
    const connected = current.stage !== 'resolve' && current.stage !== 'connect';
    if (connected || !current.stream || clock.now() - lastBegan < deadlines.betweenAttempts) return;
    release(current, 'the network has changed');
    current.stream.fail(new SessionFailure({ code: 'unreachable', stage: 'connect', detail: 'begun anew' }));
    begin();
  };

  return {
    start: () => {
      if (attempt) return;
      retries.reset();
      begin();
    },
    stop: async () => {
      wait?.timer.cancel();
      wait = undefined;
      kept = undefined;
      const current = attempt;
      if (current) release(current, 'signed out');
      hooks.state({ state: 'stopped' });
      await current?.stream?.signOut();
    },
    check: () => {
      if (wait) hurry(wait);
      else if (attempt?.keepAlive) attempt.keepAlive.check();
      else if (attempt) restartIfStuck(attempt);
    },
    link: () => (attempt?.stage === 'online' ? attempt.link : undefined),
  };
}

const ID_BYTES = 8;
const KEY_BYTES = 32;

/** A store that refuses waits for the user; one that does not answer is asked again. */
function passwordMissing(error: unknown, retry: 'never' | 'backOff' = 'never'): SessionFailure {
  const detail = `the password could not be read: ${error instanceof Error ? error.message : String(error)}`;
  return new SessionFailure({ code: 'passwordMissing', stage: 'resolve', detail }, retry);
}

import type { Element, Jid } from '@xmpp/client';
import type { Timer } from '../../../clock.ts';
import type { SessionState, WireLine } from '../../port.ts';
import { type MobydickAccount, signInTarget } from '../account.ts';
import type { Deadlines } from '../deadlines.ts';
import type { MobydickPorts } from '../ports.ts';
import { type About, wireLine } from '../trace.ts';
import { backOff, jitter } from './back-off.ts';
import { failureOf, SessionFailure, type Stage } from './failure.ts';
import { type KeepAlive, startKeepAlive } from './keep-alive.ts';
import { createRequests, type Requests } from './requests.ts';
import { openStream, type Stream } from './stream.ts';

/** A stream that is bound: what can be done with it. */
export type Link = {
  readonly address: Jid;
  readonly ask: Requests['ask'];
  readonly send: (stanza: Element) => void;
};

export type SessionHooks = {
  readonly state: (state: SessionState) => void;
  /** What has to be said before the session counts as online. Resolves to the reason when it failed. */
  readonly greet: (link: Link) => Promise<SessionFailure | undefined>;
  /** Every message, from the binding on. Not traced yet. */
  readonly message: (stanza: Element, link: Link) => void;
  readonly trace: (line: WireLine) => void;
};

/** Keeps one account signed in: one attempt at a time, each with one deadline. */
export type Session = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The link while the session is online. */
  readonly link: () => Link | undefined;
};

/** Everything that belongs to one attempt and ends with it. */
type Attempt = {
  stage: Stage;
  stream?: Stream;
  requests?: Requests;
  keepAlive?: KeepAlive;
  link?: Link;
  deadline?: Timer;
};

export function createSession(
  account: MobydickAccount,
  hooks: SessionHooks,
  ports: MobydickPorts,
  deadlines: Deadlines,
): Session {
  const target = signInTarget(account);
  let attempt: Attempt | undefined;
  let wait: Timer | undefined;
  let failures = 0;

  /** Lets go of the attempt. Its commands end at once; nothing it still says is heard. */
  const release = (ended: Attempt, why: string) => {
    attempt = undefined;
    ended.deadline?.cancel();
    ended.keepAlive?.stop();
    ended.requests?.end(why);
  };

  const ended = (which: Attempt, failure: SessionFailure) => {
    if (attempt !== which) return;
    release(which, failure.message);
    const { problem, retry } = failure;
    if (retry === 'never') return hooks.state({ state: 'failed', problem });
    failures += 1;
    const delay =
      retry === 'longWait'
        ? Math.round(jitter(deadlines.afterConflict, ports.random()))
        : backOff(failures, ports.random(), deadlines);
    wait = ports.clock.after(delay, begin);
    hooks.state({ state: 'waiting', delay, problem });
  };

  /** Ends the attempt, through its stream when there is one. */
  const fail = (which: Attempt, failure: SessionFailure) => {
    if (which.stream) which.stream.fail(failure);
    else ended(which, failure);
  };

  const begin = () => {
    wait = undefined;
    const current: Attempt = { stage: 'resolve' };
    attempt = current;
    hooks.state({ state: 'connecting', stage: 'resolve' });
    account.password().then(
      (password) => {
        if (attempt === current) open(current, password);
      },
      (error: unknown) => fail(current, passwordMissing(error)),
    );
  };

  const open = (current: Attempt, password: string) => {
    current.deadline = ports.clock.after(deadlines.attempt, () => {
      const detail = `no answer within ${deadlines.attempt} ms`;
      fail(current, new SessionFailure({ code: 'silent', stage: current.stage, detail }));
    });
    const { stage, bound, stanza, heard } = streamHooks(current);
    const finished = (failure: SessionFailure) => ended(current, failure);
    try {
      const told = { stage, bound, stanza, heard, trace: hooks.trace, ended: finished };
      current.stream = openStream(target, password, told, ports, deadlines);
    } catch (error) {
      ended(current, failureOf(error, 'signIn'));
    }
  };

  const streamHooks = (current: Attempt) => ({
    stage: (stage: Stage) => {
      if (attempt !== current || stage === current.stage || stage === 'online') return;
      current.stage = stage;
      hooks.state({ state: 'connecting', stage });
    },
    heard: () => current.keepAlive?.heard(),
    stanza: (stanza: Element) => {
      if (attempt !== current || !current.link) return;
      if (stanza.name === 'message') hooks.message(stanza, current.link);
      else hooks.trace(wireLine('in', stanza, current.requests?.take(stanza)));
    },
    bound: (address: Jid) => {
      const send = (stanza: Element, about?: About) => current.stream?.send(stanza, about);
      const requests = createRequests(send, ports.clock, ports.randomBytes(ID_BYTES).toString('hex'));
      const link: Link = { address, ask: requests.ask, send };
      current.requests = requests;
      current.link = link;
      hooks.greet(link).then(
        (problem) => {
          if (attempt !== current) return;
          if (problem) fail(current, problem);
          else online(current, requests);
        },
        (error: unknown) => fail(current, failureOf(error, 'userInfo')),
      );
    },
  });

  const online = (current: Attempt, requests: Requests) => {
    current.deadline?.cancel();
    current.stage = 'online';
    current.stream?.online();
    failures = 0;
    current.keepAlive = startKeepAlive(requests, ports.clock, deadlines, () => {
      const detail = `nothing heard for ${deadlines.quiet + deadlines.ping} ms`;
      fail(current, new SessionFailure({ code: 'silent', stage: 'online', detail }));
    });
    hooks.state({ state: 'online' });
  };

  return {
    start: () => {
      if (attempt) return;
      wait?.cancel();
      failures = 0;
      begin();
    },
    stop: async () => {
      wait?.cancel();
      wait = undefined;
      const current = attempt;
      if (current) release(current, 'signed out');
      hooks.state({ state: 'stopped' });
      await current?.stream?.signOut();
    },
    link: () => (attempt?.stage === 'online' ? attempt.link : undefined),
  };
}

const ID_BYTES = 8;

function passwordMissing(error: unknown): SessionFailure {
  const detail = `the password could not be read: ${error instanceof Error ? error.message : String(error)}`;
  return new SessionFailure({ code: 'passwordMissing', stage: 'resolve', detail }, 'never');
}

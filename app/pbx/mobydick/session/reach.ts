import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SessionFailure } from '../../connection/failure.ts';
import { connectTcp } from '../../connection/tcp.ts';
import type { SignInTarget } from '../account.ts';
import type { MobydickPorts } from '../ports.ts';
import { type DomainAnswer, domainStep } from './domain.ts';
import { encryptWay } from './encryption.ts';
import { failureOf } from './failure.ts';
import { NS_TLS } from './namespaces.ts';
import { type Greeting, openTo } from './opening.ts';
import { startTls } from './starttls.ts';
import { type Way, WayRefused, waysLeft, waysTo } from './ways.ts';

/** A connection over which a sign-in can go on. Nobody reads from its socket yet. */
export type Reached = {
  readonly way: Way;
  /** Encrypted, unless an administrator allowed otherwise and the server offers nothing. */
  readonly socket: TLSSocket | Socket;
  readonly secure: boolean;
  /** The XMPP domain that the server serves. */
  readonly domain: string;
  /** A stream for that domain is open: what the server said in it so far, its features at the end. */
  readonly opening: Buffer;
};

/** What reaching a server needs of the attempt it belongs to. */
export type Attempt = {
  readonly ports: MobydickPorts;
  /** ms for finding the host and reaching its port. */
  readonly connectDeadline: number;
  /** Told as the sign-in gets further, never back. */
  readonly stage: (stage: 'connect' | 'tls' | 'signIn') => void;
  /** Ends everything at once: what was opened is closed, and `reach` rejects. */
  readonly signal: AbortSignal;
};

/**
 * Finds the port, the kind of encryption and the domain of a server (ways.ts, domain.ts), with as many connections as
 * that takes, one after the other; the caller has the deadline.
 * @throws SessionFailure
 */
export async function reach(target: SignInTarget, { stage, ...rest }: Attempt): Promise<Reached> {
  const attempt = { ...rest, stage: onlyForward(stage) };
  const answers: DomainAnswer[] = [];
  let ways = waysTo(target.port, target.found.way);
  let refused: SessionFailure | undefined;
  for (;;) {
    const [way] = ways;
    if (!way)
      throw refused ?? new SessionFailure({ code: 'unreachable', stage: 'connect', detail: 'no way' });
    const step = domainStep(target, answers);
    if (step.kind === 'unknown') throw domainUnknown(target, answers);
    try {
      const reached = await tryWay(way, ways, step.domain, target, attempt, answers);
      if (reached) return reached;
    } catch (error) {
      if (!(error instanceof WayRefused) || attempt.signal.aborted) throw error;
      refused ??= error.failure;
      ways = waysLeft(ways, error.refusal);
    }
  }
}

/** A second connection begins again, and the sign-in does not. */
function onlyForward(tell: Attempt['stage']): Attempt['stage'] {
  let furthest = -1;
  return (stage) => {
    const place = STAGES.indexOf(stage);
    if (place <= furthest) return;
    furthest = place;
    tell(stage);
  };
}

const STAGES: readonly Parameters<Attempt['stage']>[0][] = ['connect', 'tls', 'signIn'];

/**
 * One connection. What the server says of the domain is added to `answers`, before the encryption and again inside it.
 * @returns undefined when it does not serve the domain that was asked for
 */
async function tryWay(
  way: Way,
  ways: readonly Way[],
  asked: string,
  target: SignInTarget,
  attempt: Attempt,
  answers: DomainAnswer[],
): Promise<Reached | undefined> {
  /** @returns the domain to go on with. */
  const note = (greeting: Greeting): string | undefined => {
    answers.push(greeting);
    const step = domainStep(target, answers);
    return step.kind === 'use' ? step.domain : undefined;
  };
  // Where another port is left to ask, this one may not take all the time.
  const share = ways.some(({ port }) => port !== way.port) ? 2 : 1;
  const plain = await reachPort(target.host, way.port, attempt, share);
  try {
    let domain: string | undefined = asked;
    if (way.tls === 'starttls') {
      const clear = openTo(plain, domain, 'tls');
      const greeting = await clear.greeting();
      domain = note(greeting);
      if (domain === undefined) return leave(plain);
      if (greeting.features?.getChild('starttls', NS_TLS)) await startTls(plain, clear);
      else if (target.plainText) return { way, socket: plain, secure: false, domain, opening: clear.leave() };
      else throw noEncryption('the server offers no STARTTLS');
    }
    const socket = await encryptWay(plain, way.tls, target, attempt.ports.clock);
    attempt.stage('signIn');
    const opened = openTo(socket, domain, 'signIn');
    domain = note(await opened.greeting());
    if (domain === undefined) return leave(plain);
    return { way, socket, secure: true, domain, opening: opened.leave() };
  } catch (error) {
    leave(plain);
    throw error;
  }
}

function leave(socket: Socket): undefined {
  socket.destroy();
}

/** @param share of the time for connecting: one part in so many */
async function reachPort(host: string, port: number, attempt: Attempt, share: number): Promise<Socket> {
  const { ports, signal, stage, connectDeadline } = attempt;
  const deadline = Math.round(connectDeadline / share);
  const { clock, connect } = ports;
  try {
    return await connectTcp(host, port, { clock, connect, deadline, stage, signal });
  } catch (error) {
    const failure = failureOf(error, 'connect');
    throw failure.problem.code === 'unreachable' ? new WayRefused('shut', failure) : failure;
  }
}

const noEncryption = (detail: string) => new SessionFailure({ code: 'noEncryption', stage: 'tls', detail });

/**
 * Where a domain has been set or has worked, it may be served again when the server has come up whole, so that the
 * sign-in goes on trying.
 */
function domainUnknown({ domain, found }: SignInTarget, answers: readonly DomainAnswer[]): SessionFailure {
  const asked = answers.filter(({ served }) => !served).map((answer) => answer.asked);
  const detail = `the server does not serve ${asked.join(', ')}`;
  const retry = (domain ?? found.domain) === undefined ? 'never' : 'backOff';
  return new SessionFailure({ code: 'domainUnknown', stage: 'tls', detail }, retry);
}

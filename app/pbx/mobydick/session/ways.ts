import type { SessionFailure } from '../../connection/failure.ts';

/** One way to a server: which port, and who opens the encryption (RFC 6120 section 5, XEP-0368). */
export type Way = {
  readonly port: number;
  /** `starttls`: asked for in clear text; `direct`: before anything else. */
  readonly tls: 'starttls' | 'direct';
};

/** Why a way is none: nothing listens at the port, or what listens there expects the other kind of opening. */
export type Refusal = 'shut' | 'otherKind';

/** Thrown where another way may still lead to the server; `failure` is what to tell when none does. */
export class WayRefused extends Error {
  override readonly name = 'WayRefused';
  readonly refusal: Refusal;
  readonly failure: SessionFailure;

  constructor(refusal: Refusal, failure: SessionFailure) {
    super(failure.message);
    this.refusal = refusal;
    this.failure = failure;
  }
}

/** XMPP clients' ports: with STARTTLS (RFC 6120 section 14.7), and with TLS from the first byte. */
const STARTTLS_PORT = 5222;
const DIRECT_PORT = 5223;

/**
 * Every way to a server, in the order to try them: the ports that are usual, or the one that was set, each in its usual
 * kind first. What worked before comes before all others.
 */
export function waysTo(port: number | undefined, worked: Way | undefined): readonly Way[] {
  const ports = port === undefined ? [STARTTLS_PORT, DIRECT_PORT] : [port];
  const ways = ports.flatMap((each): readonly Way[] => {
    const usual: Way = { port: each, tls: each === DIRECT_PORT ? 'direct' : 'starttls' };
    return [usual, { port: each, tls: usual.tls === 'direct' ? 'starttls' : 'direct' }];
  });
  const known = ways.filter((way) => way.port === worked?.port && way.tls === worked.tls);
  return [...known, ...ways.filter((way) => !known.includes(way))];
}

/**
 * The ways that are left after the first of them was refused. A port that is shut takes all its ways with it; one that
 * answers in the other kind is the server's, so that no other port is asked.
 */
export function waysLeft([refused, ...others]: readonly Way[], why: Refusal): readonly Way[] {
  return others.filter(({ port }) => (port === refused?.port) === (why === 'otherKind'));
}

/** The embedded PBX: one exchange behind a mobydick XMPP server on this machine. */
import { Exchange, type ExchangeOptions } from './exchange/exchange.ts';
import type { User } from './exchange/model.ts';
import { type ChannelIds, type Clock, systemClock } from './exchange/ports.ts';
import { type Certificate, shortLived } from './mobydick/certificate.ts';
import { MobydickFace, type ReplyOrder } from './mobydick/face.ts';
import type { Faults } from './mobydick/faults.ts';
import type { MechanismName } from './mobydick/xmpp/login.ts';
import { type XmppOptions, XmppServer } from './mobydick/xmpp/server.ts';

/** A user who may sign in; compared without case, the password as SASLprep prepares it. */
export interface SimulatedUser extends User {
  readonly password: string;
}

export interface SimulatorOptions {
  readonly users: readonly SimulatedUser[];
  /** XMPP domain; default `mobydick`. */
  readonly domain?: string;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** TCP port; 0 (default) takes a free one. */
  readonly port?: number;
  /** How phones behave; see ExchangeOptions. */
  readonly exchange?: Omit<ExchangeOptions, 'users' | 'clock' | 'ids'>;
  readonly xmpp?: XmppOptions;
  /** Answers before the events of a command (default) or after. */
  readonly replyOrder?: ReplyOrder;
  /** Default: a new one for the domain, localhost and 127.0.0.1. */
  readonly certificate?: Certificate;
  readonly clock?: Clock;
  readonly ids?: ChannelIds;
}

/** One XMPP session that is online. */
export interface SessionView {
  readonly user: string;
  readonly fullJid: string;
  readonly secure: boolean;
  readonly mechanism: MechanismName | undefined;
  /** Has sent its presence. */
  readonly available: boolean;
}

export interface Simulator {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
  /** SHA-256 fingerprint of the server's certificate, upper case hex with colons. */
  readonly fingerprint: string;
  readonly certificate: Certificate;
  readonly exchange: Exchange;
  readonly faults: Faults;
  /** Sessions online now, oldest first. */
  sessions(): readonly SessionView[];
  /** Ends all calls and sessions; resolves when the port is free again. */
  close(): Promise<void>;
}

const DOMAIN = /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;

/** Each login computes this many hashes while everything else waits. */
const MAX_SCRAM_ITERATIONS = 100_000;

/** Thrown for options no server can start with. */
export class SimulatorSetupError extends Error {
  readonly code = 'simulator-setup';
}

function checkSetup({ users, xmpp = {} }: SimulatorOptions, domain: string): void {
  const { mechanisms, scramIterations: iterations = 1 } = xmpp;
  if (!DOMAIN.test(domain)) throw new SimulatorSetupError('The domain is a lower-case host name');
  if (users.some(({ password }) => password === '')) throw new SimulatorSetupError('A password is not empty');
  if (mechanisms?.length === 0) throw new SimulatorSetupError('At least one SASL mechanism is offered');
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MAX_SCRAM_ITERATIONS) {
    throw new SimulatorSetupError(`SCRAM iterations are a whole number from 1 to ${MAX_SCRAM_ITERATIONS}`);
  }
}

/**
 * Starts the PBX and resolves once it listens. Rejects with ExchangeSetupError or SimulatorSetupError for
 * options no PBX would take, and with the system's error when the port cannot be had.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { users, domain = 'mobydick', host = '127.0.0.1', clock = systemClock } = options;
  checkSetup(options, domain);
  const ids = options.ids === undefined ? {} : { ids: options.ids };
  const exchange = new Exchange({ ...options.exchange, users, clock, ...ids });
  const passwords = new Map(users.map((user) => [user.name.toLowerCase(), user.password]));
  const certificate = options.certificate ?? shortLived([domain, 'localhost', '127.0.0.1'], Date.now());
  const face = new MobydickFace({
    exchange,
    domain,
    replyOrder: options.replyOrder ?? 'reply-first',
    sessions: () => server.online(),
  });
  const server = new XmppServer(
    {
      ...options.xmpp,
      domain,
      certificate,
      clock,
      password: (user) => passwords.get(user.toLowerCase()),
    },
    face,
  );
  const port = await server.listen(options.port ?? 0, host);
  return {
    host,
    port,
    domain,
    fingerprint: certificate.fingerprint,
    certificate,
    exchange,
    faults: server.faults,
    sessions: () =>
      server.online().map(({ user, fullJid, secure, mechanism, available }) => ({
        user,
        fullJid,
        secure,
        mechanism,
        available,
      })),
    close: () => {
      exchange.clear();
      face.close();
      return server.close();
    },
  };
}

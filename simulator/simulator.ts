/** The embedded PBX: one exchange on this machine, behind a mobydick XMPP server and, if asked for, an Asterisk's AMI. */
import { type AmiFace, type AmiFaceOptions, openAmiFace } from './ami/face.ts';
import { Exchange, type ExchangeOptions } from './exchange/exchange.ts';
import type { User } from './exchange/model.ts';
import { type ChannelIds, type Clock, systemClock } from './exchange/ports.ts';
import { type Certificate, shortLived } from './mobydick/certificate.ts';
import { MobydickFace, type ReplyOrder } from './mobydick/face.ts';
import type { Faults } from './mobydick/faults.ts';
import type { MechanismName } from './mobydick/xmpp/login.ts';
import { type XmppOptions, XmppServer } from './mobydick/xmpp/server.ts';
import type { Session } from './mobydick/xmpp/session.ts';

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
  /** TCP port for STARTTLS; 0 (default) takes a free one. */
  readonly port?: number;
  /** TCP port where TLS comes first (XEP-0368); 0 takes a free one. Unset: there is none. */
  readonly directTlsPort?: number;
  /** How phones behave; see ExchangeOptions. */
  readonly exchange?: Omit<ExchangeOptions, 'users' | 'clock' | 'ids'>;
  /** What the XMPP server offers and how it answers; see XmppOptions. */
  readonly xmpp?: XmppOptions;
  /** Answers before the events of a command (default) or after. */
  readonly replyOrder?: ReplyOrder;
  /** The same exchange as an Asterisk; unset: there is none. */
  readonly ami?: AmiFaceOptions;
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
  /** The client has asked for a session that can be resumed (XEP-0198). */
  readonly resumable: boolean;
  /** False while the connection is lost and the session waits to be resumed. */
  readonly connected: boolean;
  /** How often the session was resumed. */
  readonly resumptions: number;
}

export interface Simulator {
  readonly host: string;
  /** The port for STARTTLS. */
  readonly port: number;
  /** The port where TLS comes first; undefined unless asked for. */
  readonly directTlsPort: number | undefined;
  readonly domain: string;
  /** SHA-256 fingerprint of the certificate in use, upper case hex with colons. */
  readonly fingerprint: string;
  /** The certificate in use. */
  readonly certificate: Certificate;
  readonly exchange: Exchange;
  readonly faults: Faults;
  /** The Asterisk face; undefined unless asked for. */
  readonly ami: AmiFace | undefined;
  /** Sessions online now, oldest first; with those whose connection is lost and that may still be resumed. */
  sessions(): readonly SessionView[];
  /** Shows another certificate from the next connection on; unset: a new one for the same names. */
  changeCertificate(certificate?: Certificate): void;
  /**
   * Gives a user another password; sessions go on. Throws SimulatorSetupError for an unknown user and an empty
   * password.
   */
  setPassword(user: string, password: string): void;
  /** Ends all calls and sessions; resolves when the port is free again. */
  close(): Promise<void>;
}

const DOMAIN = /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;

/** Each login computes this many hashes while everything else waits. */
const MAX_SCRAM_ITERATIONS = 100_000;
const MAX_RESUMPTION_SECONDS = 86_400;

/** Thrown for options no server can start with. */
export class SimulatorSetupError extends Error {
  readonly code = 'simulator-setup';
}

function checkSetup({ users, xmpp = {} }: SimulatorOptions, domain: string): void {
  const { mechanisms, scramIterations: iterations = 1, resumptionSeconds: kept = 1 } = xmpp;
  if (!DOMAIN.test(domain)) throw new SimulatorSetupError('The domain is a lower-case host name');
  for (const { password } of users) checkPassword(password);
  if (mechanisms?.length === 0) throw new SimulatorSetupError('At least one SASL mechanism is offered');
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MAX_SCRAM_ITERATIONS) {
    throw new SimulatorSetupError(`SCRAM iterations are a whole number from 1 to ${MAX_SCRAM_ITERATIONS}`);
  }
  if (!Number.isInteger(kept) || kept < 0 || kept > MAX_RESUMPTION_SECONDS) {
    throw new SimulatorSetupError(
      `A lost session is kept for a whole number of seconds from 0 to ${MAX_RESUMPTION_SECONDS}`,
    );
  }
}

function checkPassword(password: string): void {
  if (password === '') throw new SimulatorSetupError('A password is not empty');
}

/**
 * Starts the PBX and resolves once it listens. Rejects with ExchangeSetupError or SimulatorSetupError for
 * options no PBX would take, and with the system's error when a port cannot be had.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { users, domain = 'mobydick', host = '127.0.0.1', clock = systemClock } = options;
  checkSetup(options, domain);
  const ids = options.ids === undefined ? {} : { ids: options.ids };
  const exchange = new Exchange({ ...options.exchange, users, clock, ...ids });
  const passwords = new Map(users.map((user) => [user.name.toLowerCase(), user.password]));
  const newCertificate = () => shortLived([domain, 'localhost', '127.0.0.1'], Date.now());
  let certificate = options.certificate ?? newCertificate();
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
      certificate: () => certificate,
      clock,
      password: (user) => passwords.get(user.toLowerCase()),
    },
    face,
  );
  const { port, directTlsPort } = await server.listen(host, options.port ?? 0, options.directTlsPort);
  const ami = options.ami && (await openAmiFace(exchange, options.ami, host, () => certificate, clock));
  return {
    host,
    port,
    directTlsPort,
    domain,
    get fingerprint() {
      return certificate.fingerprint;
    },
    get certificate() {
      return certificate;
    },
    exchange,
    faults: server.faults,
    ami,
    sessions: () => server.online().map(view),
    changeCertificate: (next = newCertificate()) => {
      certificate = next;
      ami?.renewCertificate();
    },
    setPassword: (user, password) => {
      if (!passwords.has(user.toLowerCase())) throw new SimulatorSetupError(`No user ${user}`);
      checkPassword(password);
      passwords.set(user.toLowerCase(), password);
    },
    close: async () => {
      exchange.clear();
      face.close();
      await ami?.close();
      return server.close();
    },
  };
}

const view = (session: Session): SessionView => ({
  user: session.user,
  fullJid: session.fullJid,
  secure: session.secure,
  mechanism: session.mechanism,
  available: session.available,
  resumable: session.resumptionId !== undefined,
  connected: session.connected,
  resumptions: session.resumptions,
});

/** The XMPP server on one TCP port: its sessions, and the iq requests every server answers. */
import net from 'node:net';
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Clock } from '../../exchange/ports.ts';
import type { Certificate } from '../certificate.ts';
import { Faults } from '../faults.ts';
import type { PasswordLookup } from '../sasl/mechanism.ts';
import { Plain } from '../sasl/plain.ts';
import { ScramSha1 } from '../sasl/scram.ts';
import { LIMITS } from './limits.ts';
import type { MechanismName } from './login.ts';
import { NS } from './namespaces.ts';
import { Session, type SessionHost } from './session.ts';
import { type IqAnswer, iqError, iqResult } from './stanzas.ts';

export interface XmppOptions {
  /** Offered mechanisms, best first; default SCRAM-SHA-1, PLAIN. */
  readonly mechanisms?: readonly MechanismName[];
  /** Work factor of SCRAM; default 4096. */
  readonly scramIterations?: number;
  /** Offers XEP-0198 acknowledgements; default false. */
  readonly streamManagement?: boolean;
  /** Milliseconds a connection may take to sign in; default `LIMITS.timeToAuthenticateMs`. */
  readonly timeToAuthenticateMs?: number;
}

export interface XmppServerSetup extends XmppOptions {
  readonly domain: string;
  readonly certificate: Certificate;
  readonly password: PasswordLookup;
  readonly clock: Clock;
}

/** One namespace's iq requests and what else happens to sessions. */
export interface XmppExtension {
  readonly namespace: string;
  onIq(session: Session, iq: Element, payload: Element, answer: (answer: IqAnswer) => void): void;
  onPresence(session: Session): void;
  onOffline(session: Session): void;
}

export class XmppServer {
  readonly faults = new Faults((user) => this.#cut(user));
  readonly #setup: XmppServerSetup;
  readonly #extension: XmppExtension;
  readonly #connections = new Set<Session>();
  readonly #online = new Map<string, Session>();
  readonly #listener: net.Server;

  constructor(setup: XmppServerSetup, extension: XmppExtension) {
    this.#setup = setup;
    this.#extension = extension;
    const host = this.#sessionHost();
    this.#listener = net.createServer((socket) => {
      if (this.#connections.size >= LIMITS.connections) socket.destroy();
      else this.#connections.add(new Session(host, socket));
    });
  }

  /** Sessions that are signed in with a bound resource, oldest first. */
  online(): readonly Session[] {
    return [...this.#online.values()];
  }

  /** @returns the port. Rejects with the system's error when it cannot be had. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#listener.once('error', reject);
      this.#listener.listen(port, host, () => {
        this.#listener.off('error', reject);
        const address = this.#listener.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** Tells every client that the system shuts down; resolves when the last connection is closed. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#listener.close(() => resolve());
    });
    for (const session of this.#connections) session.fail('system-shutdown');
    return closed;
  }

  #sessionHost(): SessionHost {
    const { domain, certificate, clock, password, scramIterations: iterations } = this.#setup;
    const scram = iterations === undefined ? {} : { iterations };
    const create = {
      'SCRAM-SHA-1': () => new ScramSha1(password, scram),
      PLAIN: () => new Plain(password),
    };
    const names = this.#setup.mechanisms ?? ['SCRAM-SHA-1', 'PLAIN'];
    return {
      domain,
      certificate,
      clock,
      faults: this.faults,
      mechanisms: new Map(names.map((name) => [name, create[name]])),
      streamManagement: this.#setup.streamManagement ?? false,
      timeToAuthenticateMs: this.#setup.timeToAuthenticateMs ?? LIMITS.timeToAuthenticateMs,
      onBound: (session) => {
        this.#online.get(session.fullJid)?.fail('conflict');
        this.#online.set(session.fullJid, session);
      },
      onEnded: (session) => {
        if (this.#online.get(session.fullJid) === session) this.#online.delete(session.fullJid);
        this.#extension.onOffline(session);
      },
      onClosed: (session) => this.#connections.delete(session),
      onPresence: (session) => this.#extension.onPresence(session),
      onIq: (session, iq, answer) => this.#onIq(session, iq, answer),
    };
  }

  #onIq(session: Session, iq: Element, answer: (answer: IqAnswer) => void): void {
    const [payload] = iq.getChildElements();
    const ns = payload?.getNS();
    const what = `${iq.attrs['type']} ${ns} ${payload?.name}`;
    if (payload !== undefined && ns === this.#extension.namespace) {
      this.#extension.onIq(session, iq, payload, answer);
    } else if (what === `get ${NS.ping} ping` || what === `set ${NS.session} session`) answer(iqResult());
    else if (what === `get ${NS.roster} query`) answer(iqResult(xml('query', { xmlns: NS.roster })));
    else answer(iqError('service-unavailable'));
  }

  #cut(user: string | undefined): number {
    const chosen = [...this.#connections].filter(
      (session) => user === undefined || session.user === user.toLowerCase(),
    );
    for (const session of chosen) session.cut();
    return chosen.length;
  }
}

/** The XMPP server: its ports, its sessions, and the iq requests every server answers. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Clock } from '../../exchange/ports.ts';
import type { Certificate } from '../certificate.ts';
import { type FaultActions, Faults } from '../faults.ts';
import type { PasswordLookup } from '../sasl/mechanism.ts';
import { Plain } from '../sasl/plain.ts';
import { Scram } from '../sasl/scram.ts';
import { Connection } from './connection.ts';
import { LIMITS } from './limits.ts';
import { NS } from './namespaces.ts';
import { Negotiation, type NegotiationHost } from './negotiation.ts';
import { DEFAULT_RESUMPTION_SECONDS, type XmppOptions } from './options.ts';
import { Session, type SessionHost } from './session.ts';
import { type IqAnswer, iqError, iqResult } from './stanzas.ts';

export type { XmppOptions } from './options.ts';

export interface XmppServerSetup extends XmppOptions {
  readonly domain: string;
  /** Asked at every change to TLS. */
  readonly certificate: () => Certificate;
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

const RESUMPTION_ID_BYTES = 12;

export class XmppServer {
  readonly faults = new Faults(this.#faultActions());
  readonly #setup: XmppServerSetup;
  readonly #extension: XmppExtension;
  readonly #negotiations = new Set<Negotiation>();
  /** By full address. Also those whose connection is lost and that may be resumed. */
  readonly #online = new Map<string, Session>();
  readonly #sessionHost: SessionHost;
  readonly #listeners: net.Server[] = [];

  constructor(setup: XmppServerSetup, extension: XmppExtension) {
    this.#setup = setup;
    this.#extension = extension;
    this.#sessionHost = this.#makeSessionHost();
  }

  /** Sessions that are signed in with a bound resource, oldest first. */
  online(): readonly Session[] {
    return [...this.#online.values()];
  }

  /** @returns the ports. Rejects with the system's error when one cannot be had; then nothing listens. */
  async listen(
    host: string,
    port: number,
    directTlsPort: number | undefined,
  ): Promise<{ readonly port: number; readonly directTlsPort: number | undefined }> {
    try {
      return {
        port: await this.#listen(host, port, false),
        directTlsPort:
          directTlsPort === undefined ? undefined : await this.#listen(host, directTlsPort, true),
      };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Tells every client that the system shuts down; resolves when the last connection is closed. */
  async close(): Promise<void> {
    const closed = this.#listeners.map(
      (listener) => new Promise<void>((resolve) => listener.close(() => resolve())),
    );
    for (const peer of [...this.#negotiations, ...this.online()]) peer.fail('system-shutdown');
    await Promise.all(closed);
  }

  #listen(host: string, port: number, directTls: boolean): Promise<number> {
    const negotiationHost = this.#negotiationHost();
    const listener = net.createServer((socket) => {
      this.#negotiations.add(new Negotiation(negotiationHost, new Connection(socket), directTls));
    });
    listener.maxConnections = LIMITS.connections;
    return new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, host, () => {
        listener.off('error', reject);
        this.#listeners.push(listener);
        const address = listener.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  #negotiationHost(): NegotiationHost {
    const { domain, certificate, clock, password, scramIterations: iterations } = this.#setup;
    const scram = iterations === undefined ? {} : { iterations };
    const create = {
      'SCRAM-SHA-256': () => new Scram('sha256', password, scram),
      'SCRAM-SHA-1': () => new Scram('sha1', password, scram),
      PLAIN: () => new Plain(password),
    };
    const names = this.#setup.mechanisms ?? (['SCRAM-SHA-1', 'PLAIN'] as const);
    return {
      domain,
      certificate,
      clock,
      options: this.#setup,
      faults: this.faults,
      mechanisms: new Map(names.map((name) => [name, create[name]])),
      bind: (who, resource, connection) => {
        const session = new Session(this.#sessionHost, who, resource, connection);
        this.#online.get(session.fullJid)?.fail('conflict');
        this.#online.set(session.fullJid, session);
        return session;
      },
      resume: (who, { attrs }, connection) => {
        const wanted = attrs['previd'] ?? '';
        const session = this.online().find(({ resumptionId }) => resumptionId === wanted);
        if (session?.user !== who.user) return undefined;
        session.resume(connection, attrs['h']);
        return session;
      },
      onDone: (negotiation) => this.#negotiations.delete(negotiation),
    };
  }

  #makeSessionHost(): SessionHost {
    const { domain, clock, streamManagement, resumption = true, resumptionSeconds } = this.#setup;
    const keepSeconds = resumption ? (resumptionSeconds ?? DEFAULT_RESUMPTION_SECONDS) : 0;
    const newId = () => randomBytes(RESUMPTION_ID_BYTES).toString('hex');
    return {
      domain,
      clock,
      faults: this.faults,
      streamManagement: streamManagement === true ? { keepSeconds, newId } : undefined,
      onEnded: (session) => {
        if (this.#online.get(session.fullJid) === session) this.#online.delete(session.fullJid);
        this.#extension.onOffline(session);
      },
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

  #faultActions(): FaultActions {
    const meets = (user: string | undefined, peer: { readonly user: string }) =>
      user === undefined || peer.user === user.toLowerCase();
    const sessions = (user: string | undefined) => this.online().filter((session) => meets(user, session));
    return {
      cut: (user) => {
        const connected = sessions(user).filter((session) => session.connected);
        const all = [...this.#negotiations, ...connected].filter((peer) => meets(user, peer));
        for (const peer of all) peer.cut();
        return all.length;
      },
      endStreams: (condition, user) => {
        const chosen = sessions(user);
        for (const session of chosen) session.fail(condition);
        return chosen.length;
      },
      say: (user, chunks) => {
        const chosen = sessions(user).filter((session) => session.connected);
        for (const session of chosen) session.say(chunks);
        return chosen.length;
      },
      forgetSessions: () => {
        const chosen = this.online().filter(({ resumptionId }) => resumptionId !== undefined);
        for (const session of chosen) session.forget();
        return chosen.length;
      },
    };
  }
}

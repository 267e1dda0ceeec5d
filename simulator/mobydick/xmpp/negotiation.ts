/** A connection from its first byte to the session it ends up with (RFC 6120 sections 4 to 7). */
import { randomBytes } from 'node:crypto';
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Clock } from '../../exchange/ports.ts';
import type { Certificate } from '../certificate.ts';
import type { Faults, SilentStage } from '../faults.ts';
import type { Connection } from './connection.ts';
import { LIMITS } from './limits.ts';
import { Login, type MechanismName, type Mechanisms } from './login.ts';
import { NS } from './namespaces.ts';
import type { XmppOptions } from './options.ts';
import type { Session } from './session.ts';
import { answerIq, iqError, iqResult, type StreamCondition, streamError } from './stanzas.ts';
import { smFailed } from './stream-management.ts';

/** The signature of a server that does not know the password. */
const FORGED = xml('success', { xmlns: NS.sasl }, Buffer.from(`v=${'A'.repeat(27)}=`).toString('base64'));

/** Who has signed in, and how. */
export interface SignedIn {
  /** Local part of the address, lower case. */
  readonly user: string;
  readonly mechanism: MechanismName | undefined;
}

/** What a connection needs of the server until it has a session. */
export interface NegotiationHost {
  readonly domain: string;
  readonly options: XmppOptions;
  readonly mechanisms: Mechanisms;
  readonly clock: Clock;
  readonly faults: Faults;
  certificate(): Certificate;
  /** A new session; an older one of the same address must go. */
  bind(who: SignedIn, resource: string, connection: Connection): Session;
  /** The lost session of this name, connected again; undefined when there is none. */
  resume(who: SignedIn, resume: Element, connection: Connection): Session | undefined;
  /** The connection has a session now, or is gone. */
  onDone(negotiation: Negotiation): void;
}

export class Negotiation {
  readonly #host: NegotiationHost;
  readonly #connection: Connection;
  readonly #login: Login;
  readonly #stopTimer: () => void;

  constructor(host: NegotiationHost, connection: Connection, directTls: boolean) {
    this.#host = host;
    this.#connection = connection;
    this.#login = new Login(host.mechanisms, host.options.wrongPassword ?? 'not-authorized');
    connection.serve({
      onOpen: (header) => this.#onOpen(header),
      onElement: (element) => this.#onElement(element),
      onEnd: () => this.#end(),
      onBroken: (condition) => this.fail(condition),
      onClose: () => this.#done(),
    });
    const patience = host.options.timeToAuthenticateMs ?? LIMITS.timeToAuthenticateMs;
    this.#stopTimer = host.clock.after(patience, () => this.fail('connection-timeout'));
    if (directTls && !this.#fallsSilentAt('proceed')) connection.upgrade(host.certificate());
  }

  /** Empty before the login. */
  get user(): string {
    return this.#login.user;
  }

  /** Ends the stream with an error. */
  fail(condition: StreamCondition): void {
    this.#connection.write(streamError(condition));
    this.#end();
  }

  /** Cuts the TCP connection without ending the stream. */
  cut(): void {
    this.#connection.cut();
    this.#done();
  }

  #end(): void {
    this.#connection.write('</stream:stream>');
    this.#connection.close();
    this.#stopTimer();
  }

  #done(): void {
    this.#stopTimer();
    this.#host.onDone(this);
  }

  #fallsSilentAt(stage: SilentStage): boolean {
    if (!this.#host.faults.silences(stage)) return false;
    this.#connection.fallSilent();
    // A hung server does not close either: giving up is the client's part.
    this.#stopTimer();
    return true;
  }

  #onOpen(header: Element): void {
    const { domain, options } = this.#host;
    const { to } = header.attrs;
    if (this.#fallsSilentAt('header')) return;
    this.#connection.write(
      `<?xml version='1.0'?><stream:stream xmlns='${NS.client}' xmlns:stream='${NS.stream}' ` +
        `${this.#announcement(to)}id='${randomBytes(8).toString('hex')}' version='1.0' xml:lang='en'>`,
    );
    if (header.getName() !== 'stream' || header.getNS() !== NS.stream || header.findNS() !== NS.client) {
      this.fail('invalid-namespace');
      return;
    }
    const foreign = to !== undefined && to.toLowerCase() !== domain;
    if (foreign && options.otherDomains !== 'served') {
      this.fail('host-unknown');
      return;
    }
    if (this.#fallsSilentAt('features') || this.#fallsSilentAt(this.#featuresStage())) return;
    this.#connection.write(this.#features().toString());
  }

  #announcement(asked: string | undefined): string {
    const { domain, options } = this.#host;
    if (options.announces === 'nothing') return '';
    const from = options.announces === 'asked' && asked !== undefined ? asked : domain;
    // An address is echoed as it came; what is no attribute's text must not become markup.
    return `from='${from.replace(/[<>&'"]/g, '')}' `;
  }

  #featuresStage(): SilentStage {
    if (this.user !== '') return 'bindFeatures';
    return this.#connection.secure ? 'mechanisms' : 'features';
  }

  #features(): Element {
    const { startTls = 'required', streamManagement } = this.#host.options;
    if (this.user !== '') {
      return xml(
        'stream:features',
        {},
        xml('bind', { xmlns: NS.bind }),
        xml('session', { xmlns: NS.session }, xml('optional')),
        streamManagement === true ? xml('sm', { xmlns: NS.streamManagement }) : undefined,
      );
    }
    const required = startTls === 'required' ? xml('required') : undefined;
    const tls =
      this.#connection.secure || startTls === 'absent'
        ? undefined
        : xml('starttls', { xmlns: NS.tls }, required);
    const offered = this.#login.offered().map((name) => xml('mechanism', {}, name));
    const sasl = this.#mayLogIn() ? xml('mechanisms', { xmlns: NS.sasl }, ...offered) : undefined;
    return xml('stream:features', {}, tls, sasl);
  }

  #mayLogIn(): boolean {
    return this.#connection.secure || (this.#host.options.startTls ?? 'required') !== 'required';
  }

  #onElement(element: Element): void {
    const ns = element.getNS();
    const { startTls } = this.#host.options;
    if (!this.#connection.secure && startTls !== 'absent' && ns === NS.tls && element.name === 'starttls') {
      this.#startTls();
    } else if (!this.#mayLogIn()) this.fail('policy-violation');
    else if (this.user !== '') this.#onSignedIn(element);
    else if (ns === NS.sasl) this.#onSasl(element);
    else this.fail('not-authorized');
  }

  #startTls(): void {
    if (this.#fallsSilentAt('starttls')) return;
    this.#connection.write(`<proceed xmlns='${NS.tls}'/>`);
    if (this.#fallsSilentAt('proceed')) return;
    this.#connection.upgrade(this.#host.certificate());
  }

  #onSasl(element: Element): void {
    if (this.#fallsSilentAt('auth')) return;
    if (element.name === 'response' && this.#fallsSilentAt('challenge')) return;
    const step = this.#login.step(element, this.#host.faults.refusal);
    const forged = step.outcome === 'success' && this.#host.faults.forgesSignatures;
    this.#connection.write((forged ? FORGED : step.answer).toString());
    if (step.outcome === 'too-many-failures') this.fail('policy-violation');
    if (step.outcome !== 'success' || this.#fallsSilentAt('success')) return;
    this.#connection.restartStream();
  }

  #onSignedIn(element: Element): void {
    const ns = element.getNS();
    if (ns === NS.streamManagement && this.#host.options.streamManagement === true) {
      if (element.name === 'resume') this.#onResume(element);
      else this.#connection.write(smFailed('unexpected-request').toString());
    } else if (ns !== NS.client || !['iq', 'message', 'presence'].includes(element.name)) {
      this.fail('unsupported-stanza-type');
    } else this.#onBind(element);
  }

  #onResume(element: Element): void {
    if (this.#fallsSilentAt('resume')) return;
    const session = this.#host.resume(this.#who(), element, this.#connection);
    if (session === undefined) this.#connection.write(smFailed('item-not-found').toString());
    else this.#done();
  }

  #onBind(iq: Element): void {
    const bind = iq.getChild('bind', NS.bind);
    if (iq.name !== 'iq' || iq.attrs['type'] !== 'set' || bind === undefined) {
      this.fail('not-authorized');
      return;
    }
    if (this.#fallsSilentAt('bind')) return;
    const wanted = bind.getChildText('resource') ?? '';
    if (wanted.length > LIMITS.resource) {
      this.#connection.write(answerIq(iq, undefined, iqError('bad-request')).toString());
      return;
    }
    const resource = wanted === '' ? randomBytes(6).toString('hex') : wanted;
    const session = this.#host.bind(this.#who(), resource, this.#connection);
    this.#done();
    const jid = xml('jid', {}, session.fullJid);
    session.send(answerIq(iq, undefined, iqResult(xml('bind', { xmlns: NS.bind }, jid))));
  }

  #who(): SignedIn {
    return { user: this.user, mechanism: this.#login.mechanism };
  }
}

/** One client's stream from the first byte to the bound resource and after (RFC 6120 sections 4 to 7). */
import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Clock } from '../../exchange/ports.ts';
import type { Certificate } from '../certificate.ts';
import type { Faults, SilentStage } from '../faults.ts';
import { Connection } from './connection.ts';
import { LIMITS } from './limits.ts';
import { Login, type MechanismName, type Mechanisms } from './login.ts';
import { NS } from './namespaces.ts';
import { answerIq, type IqAnswer, iqError, iqResult, type StreamCondition, stanzaError } from './stanzas.ts';
import { StreamManagement } from './stream-management.ts';

/** What a session needs of the server it belongs to. */
export interface SessionHost {
  readonly domain: string;
  readonly certificate: Certificate;
  readonly mechanisms: Mechanisms;
  readonly streamManagement: boolean;
  readonly timeToAuthenticateMs: number;
  readonly clock: Clock;
  readonly faults: Faults;
  /** The session has bound its resource; an older one of the same address must go. */
  onBound(session: Session): void;
  /** The stream has ended, nothing is sent to the session any more. */
  onEnded(session: Session): void;
  /** The TCP connection is gone too. */
  onClosed(session: Session): void;
  onPresence(session: Session): void;
  /** An iq for the account or the server. `answer` may be called later, and is called once. */
  onIq(session: Session, iq: Element, answer: (answer: IqAnswer) => void): void;
}

export class Session {
  readonly #host: SessionHost;
  readonly #connection: Connection;
  readonly #login: Login;
  readonly #streamManagement = new StreamManagement();
  readonly #stopAuthenticationTimer: () => void;
  #resource = '';
  #available = false;
  #silent = false;
  #closed = false;

  constructor(host: SessionHost, socket: net.Socket) {
    this.#host = host;
    this.#login = new Login(host.mechanisms);
    this.#connection = new Connection(socket, {
      onOpen: (header) => this.#onOpen(header),
      onElement: (element) => this.#onElement(element),
      onEnd: () => this.#close(),
      onBroken: (condition) => this.fail(condition),
      onClose: () => this.#onClose(),
    });
    this.#stopAuthenticationTimer = host.clock.after(host.timeToAuthenticateMs, () =>
      this.fail('connection-timeout'),
    );
  }

  /** Local part of the address in lower case; empty before the login. */
  get user(): string {
    return this.#login.user;
  }

  get bareJid(): string {
    return `${this.user}@${this.#host.domain}`;
  }

  /** Empty before a resource is bound. */
  get fullJid(): string {
    return this.#resource === '' ? '' : `${this.bareJid}/${this.#resource}`;
  }

  get secure(): boolean {
    return this.#connection.secure;
  }

  get mechanism(): MechanismName | undefined {
    return this.#login.mechanism;
  }

  /** The client has sent presence and not taken it back. */
  get available(): boolean {
    return this.#available;
  }

  /** Sends a stanza, unless a fault keeps the server mute. */
  send(stanza: Element): void {
    if (this.#isMute()) return;
    this.#write(stanza.toString());
  }

  /** Ends the stream with an error. */
  fail(condition: StreamCondition): void {
    this.#write(`<stream:error><${condition} xmlns='${NS.streams}'/></stream:error>`);
    this.#close();
  }

  /** Cuts the TCP connection without ending the stream. */
  cut(): void {
    if (!this.#closed) this.#end();
    this.#connection.cut();
  }

  #isMute(): boolean {
    return this.#silent || (this.#resource !== '' && this.#host.faults.silentAt === 'online');
  }

  /** True when a fault makes the server fall silent here; it then stays silent on this connection. */
  #fallsSilentAt(stage: SilentStage): boolean {
    if (this.#host.faults.silentAt !== stage) return this.#silent;
    this.#silent = true;
    this.#connection.fallDeaf();
    // A hung server does not close either: giving up is the client's part.
    this.#stopAuthenticationTimer();
    return true;
  }

  #write(text: string): void {
    if (!this.#silent && !this.#closed) this.#connection.write(text);
  }

  #onOpen(header: Element): void {
    const { domain } = this.#host;
    if (this.#fallsSilentAt('header')) return;
    this.#write(
      `<?xml version='1.0'?><stream:stream xmlns='${NS.client}' xmlns:stream='${NS.stream}' ` +
        `from='${domain}' id='${randomBytes(8).toString('hex')}' version='1.0' xml:lang='en'>`,
    );
    if (header.getName() !== 'stream' || header.getNS() !== NS.stream || header.findNS() !== NS.client) {
      this.fail('invalid-namespace');
      return;
    }
    const { to } = header.attrs;
    if (to !== undefined && to.toLowerCase() !== domain) {
      this.fail('host-unknown');
      return;
    }
    if (this.#fallsSilentAt('features')) return;
    this.#write(this.#features().toString());
  }

  #features(): Element {
    if (!this.secure) return xml('stream:features', {}, xml('starttls', { xmlns: NS.tls }, xml('required')));
    if (this.user === '') {
      const offered = this.#login.offered().map((name) => xml('mechanism', {}, name));
      return xml('stream:features', {}, xml('mechanisms', { xmlns: NS.sasl }, ...offered));
    }
    return xml(
      'stream:features',
      {},
      xml('bind', { xmlns: NS.bind }),
      xml('session', { xmlns: NS.session }, xml('optional')),
      this.#host.streamManagement ? xml('sm', { xmlns: NS.streamManagement }) : undefined,
    );
  }

  #onElement(element: Element): void {
    if (this.#silent) return;
    const ns = element.getNS();
    if (!this.secure) {
      if (ns === NS.tls && element.name === 'starttls') this.#startTls();
      else this.fail('policy-violation');
      return;
    }
    if (this.user === '') {
      if (ns === NS.sasl) this.#onSasl(element);
      else this.fail('not-authorized');
      return;
    }
    if (ns === NS.streamManagement && this.#host.streamManagement) {
      const answer = this.#streamManagement.answer(element, this.#resource !== '');
      if (answer !== undefined) this.send(answer);
      return;
    }
    if (ns !== NS.client || !['iq', 'message', 'presence'].includes(element.name)) {
      this.fail('unsupported-stanza-type');
      return;
    }
    this.#streamManagement.received();
    if (this.#resource === '') this.#onBind(element);
    else if (element.name === 'iq') this.#onIq(element);
    else if (element.name === 'presence') this.#onPresence(element);
    else this.#onMessage(element);
  }

  #startTls(): void {
    this.#write(`<proceed xmlns='${NS.tls}'/>`);
    if (this.#fallsSilentAt('proceed')) return;
    this.#connection.upgrade(this.#host.certificate);
  }

  #onSasl(element: Element): void {
    if (this.#fallsSilentAt('auth')) return;
    const step = this.#login.step(element, this.#host.faults.refusal);
    this.#write(step.answer.toString());
    if (step.outcome === 'success') this.#connection.restartStream();
    else if (step.outcome === 'too-many-failures') this.fail('policy-violation');
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
      this.send(answerIq(iq, undefined, iqError('bad-request')));
      return;
    }
    this.#resource = wanted === '' ? randomBytes(6).toString('hex') : wanted;
    this.#stopAuthenticationTimer();
    this.#host.onBound(this);
    const jid = xml('jid', {}, this.fullJid);
    this.send(answerIq(iq, undefined, iqResult(xml('bind', { xmlns: NS.bind }, jid))));
  }

  #onIq(iq: Element): void {
    const { type, to } = iq.attrs;
    if (type === 'result' || type === 'error') return;
    const { faults, clock, domain } = this.#host;
    const answer = (value: IqAnswer) => {
      const reply = answerIq(iq, this.fullJid, value);
      if (faults.replyDelayMs > 0) clock.after(faults.replyDelayMs, () => this.send(reply));
      else this.send(reply);
    };
    const wellFormed = (type === 'get' || type === 'set') && iq.attrs['id'] !== undefined;
    if (!wellFormed || iq.getChildElements().length !== 1) answer(iqError('bad-request'));
    else if (to !== undefined && ![this.bareJid, domain].includes(to)) answer(iqError('service-unavailable'));
    else this.#host.onIq(this, iq, answer);
  }

  #onPresence(presence: Element): void {
    const { to, type } = presence.attrs;
    if (to !== undefined || (type !== undefined && type !== 'unavailable')) return;
    this.#available = type === undefined;
    if (!this.#available) return;
    this.send(xml('presence', { from: this.fullJid, to: this.fullJid }));
    this.#host.onPresence(this);
  }

  /** There is nobody to chat with here. */
  #onMessage(message: Element): void {
    const { id, to, type } = message.attrs;
    if (type === 'error') return;
    const error = stanzaError('service-unavailable');
    this.send(xml('message', { type: 'error', id, from: to ?? this.bareJid, to: this.fullJid }, error));
  }

  #close(): void {
    if (this.#closed) return;
    this.#write('</stream:stream>');
    this.#end();
    this.#connection.close();
  }

  #onClose(): void {
    if (!this.#closed) this.#end();
    this.#host.onClosed(this);
  }

  #end(): void {
    this.#closed = true;
    this.#stopAuthenticationTimer();
    this.#host.onEnded(this);
  }
}

/** One client that is signed in with a bound resource; it outlives its connection where it may be resumed. */
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Clock } from '../../exchange/ports.ts';
import type { Faults, SilentStage } from '../faults.ts';
import type { Connection } from './connection.ts';
import type { MechanismName } from './login.ts';
import { NS } from './namespaces.ts';
import type { SignedIn } from './negotiation.ts';
import {
  answerIq,
  type IqAnswer,
  iqError,
  type StreamCondition,
  stanzaError,
  streamError,
} from './stanzas.ts';
import { type ResumptionOptions, StreamManagement, smFailed } from './stream-management.ts';

/** What a session needs of the server it belongs to. */
export interface SessionHost {
  readonly domain: string;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Undefined where stream management is not offered. */
  readonly streamManagement: ResumptionOptions | undefined;
  /** The session is over, nothing is sent to it any more. */
  onEnded(session: Session): void;
  onPresence(session: Session): void;
  /** An iq for the account or the server. `answer` may be called later, and is called once. */
  onIq(session: Session, iq: Element, answer: (answer: IqAnswer) => void): void;
}

export class Session {
  readonly user: string;
  /** As the session was first bound. */
  readonly mechanism: MechanismName | undefined;
  readonly fullJid: string;
  readonly #host: SessionHost;
  readonly #streamManagement: StreamManagement | undefined;
  #connection: Connection | undefined;
  /** What a mute server would have said; it comes late, as it does when a network heals. */
  #late: string[] = [];
  #available = false;
  #over = false;
  #resumptions = 0;
  #stopWaiting: () => void = () => undefined;

  constructor(host: SessionHost, who: SignedIn, resource: string, connection: Connection) {
    this.#host = host;
    this.user = who.user;
    this.mechanism = who.mechanism;
    this.fullJid = `${this.bareJid}/${resource}`;
    this.#streamManagement = host.streamManagement && new StreamManagement(host.streamManagement);
    this.#attach(connection);
  }

  get bareJid(): string {
    return `${this.user}@${this.#host.domain}`;
  }

  get secure(): boolean {
    return this.#connection?.secure ?? false;
  }

  /** False while the session waits to be resumed. */
  get connected(): boolean {
    return this.#connection !== undefined;
  }

  get resumptions(): number {
    return this.#resumptions;
  }

  /** The client has sent presence and not taken it back. */
  get available(): boolean {
    return this.#available;
  }

  /** Undefined when the session cannot be resumed. */
  get resumptionId(): string | undefined {
    return this.#streamManagement?.resumptionId;
  }

  /** Sends a stanza now, or when the client resumes the session. */
  send(stanza: Element): void {
    if (this.#over) return;
    const text = stanza.toString();
    if (this.#streamManagement?.keep(text) === false) {
      this.fail('resource-constraint');
      return;
    }
    this.#write(text);
    if (this.#streamManagement?.mustAsk() === true) this.#write(`<r xmlns='${NS.streamManagement}'/>`);
  }

  /** Writes bytes as they are, for tests. */
  say(chunks: readonly (string | Buffer)[]): void {
    for (const chunk of chunks) this.#connection?.write(chunk);
  }

  /** Ends the stream with an error; it cannot be resumed. `detail` is the application's own condition. */
  fail(condition: StreamCondition, detail = ''): void {
    this.#write(streamError(condition, detail));
    this.#end();
  }

  /** Cuts the TCP connection without ending the stream. */
  cut(): void {
    const connection = this.#connection;
    this.#detach();
    connection?.cut();
  }

  /** The name to resume by is void from now on; a session that waited for it ends. */
  forget(): void {
    this.#streamManagement?.forget();
    if (!this.connected) this.#end();
  }

  /** Takes the session up on a new connection (XEP-0198 section 5); `h` is the client's counter. */
  resume(connection: Connection, h: string | undefined): void {
    const { resumptionId: previd } = this;
    const streamManagement = this.#streamManagement;
    if (streamManagement === undefined || previd === undefined) return;
    const old = this.#connection;
    old?.release();
    old?.write(`${streamError('conflict')}</stream:stream>`);
    old?.close();
    this.#stopWaiting();
    this.#late = [];
    this.#attach(connection);
    this.#resumptions += 1;
    if (!this.#acknowledged(streamManagement, h)) return;
    this.#write(
      xml('resumed', { xmlns: NS.streamManagement, previd, h: streamManagement.received }).toString(),
    );
    for (const stanza of streamManagement.unacknowledged) this.#write(stanza);
    if (streamManagement.mustAsk()) this.#write(`<r xmlns='${NS.streamManagement}'/>`);
  }

  /** True when a fault makes the server fall silent here; it then stays silent on this connection. */
  fallsSilentAt(stage: SilentStage): boolean {
    if (!this.#host.faults.silences(stage)) return false;
    this.#connection?.fallSilent();
    return true;
  }

  #attach(connection: Connection): void {
    this.#connection = connection;
    connection.serve({
      onOpen: () => this.fail('not-well-formed'),
      onElement: (element) => this.#onElement(element),
      onEnd: () => this.#end(),
      onBroken: (condition) => this.fail(condition),
      onClose: () => this.#detach(),
    });
  }

  /** The connection is lost: the session waits where it may be resumed, and is over where not. */
  #detach(): void {
    const { keepSeconds = 0 } = this.#streamManagement ?? {};
    this.#connection?.release();
    this.#connection = undefined;
    if (this.#over) return;
    if (this.resumptionId === undefined) this.#end();
    else this.#stopWaiting = this.#host.clock.after(keepSeconds * 1000, () => this.#end());
  }

  /** Nonzas of a mute server are lost, stanzas that the client counts come late. */
  #write(text: string): void {
    if (this.#host.faults.silentAt === 'online') {
      if (this.#streamManagement?.enabled === true) this.#late.push(text);
      return;
    }
    for (const late of this.#late.splice(0)) this.#connection?.write(late);
    this.#connection?.write(text);
  }

  #onElement(element: Element): void {
    const ns = element.getNS();
    const streamManagement = this.#streamManagement;
    if (ns === NS.streamManagement && streamManagement !== undefined) {
      this.#onStreamManagement(streamManagement, element);
      return;
    }
    if (ns !== NS.client || !['iq', 'message', 'presence'].includes(element.name)) {
      this.fail('unsupported-stanza-type');
      return;
    }
    streamManagement?.countReceived();
    if (element.name === 'iq') this.#onIq(element);
    else if (element.name === 'presence') this.#onPresence(element);
    else this.#onMessage(element);
  }

  #onStreamManagement(streamManagement: StreamManagement, nonza: Element): void {
    if (nonza.name === 'enable') this.#write(streamManagement.enable(nonza).toString());
    else if (nonza.name === 'resume') this.#write(smFailed('unexpected-request').toString());
    else if (nonza.name === 'r' && streamManagement.enabled) {
      this.#write(xml('a', { xmlns: NS.streamManagement, h: streamManagement.received }).toString());
    } else if (nonza.name === 'a' && streamManagement.enabled) {
      this.#acknowledged(streamManagement, nonza.attrs['h']);
    }
  }

  /** A client that counts more than there was has lost its way (XEP-0198 section 4). */
  #acknowledged(streamManagement: StreamManagement, h: string | undefined): boolean {
    const { sent } = streamManagement;
    if (streamManagement.acknowledge(h)) return true;
    const detail = { xmlns: NS.streamManagement, h: h ?? '', 'send-count': sent };
    this.fail('undefined-condition', xml('handled-count-too-high', detail).toString());
    return false;
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

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopWaiting();
    this.#write('</stream:stream>');
    this.#connection?.close();
    this.#host.onEnded(this);
  }
}

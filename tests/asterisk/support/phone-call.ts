/** One call of a test phone: a SIP dialog (RFC 3261, section 12) and what a person does with it. */
import { type Answer, type Endpoint, type Request, token } from './sip/endpoint.ts';
import { type Field, field, methodOf, parameter, type SipMessage, statusOf, uriIn } from './sip/message.ts';
import { type Direction, sdp } from './sip/sdp.ts';
import { until } from './until.ts';

export type PhoneCallState = 'calling' | 'ringback' | 'ringing' | 'up' | 'held' | 'ended';

/** How a call is refused. */
export type Refusal = 'busy' | 'declined' | 'unavailable' | 'unknown';

const REFUSALS: Record<Refusal, Answer> = {
  busy: { status: 486, reason: 'Busy Here' },
  declined: { status: 603, reason: 'Decline' },
  unavailable: { status: 503, reason: 'Service Unavailable' },
  unknown: { status: 404, reason: 'Not Found' },
};

/** Who calls, where it is not the phone itself. */
export type Caller = {
  readonly number?: string;
  readonly name?: string;
  readonly encoding?: 'utf8' | 'latin1';
};

/** What a call needs of its phone. */
export type PhoneParts = {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** The server's SIP port. */
  readonly server: number;
  /** Where the phone takes sound, to throw it away. */
  readonly mediaPort: number;
};

export class PhoneCall {
  readonly #phone: PhoneParts;
  readonly id: string;
  readonly #tag = token();
  /** From and To as this side writes them. */
  readonly #local: string;
  #remote: string;
  #target: string;
  #sequence = 1;
  #version = 1;
  /** The INVITE that rings here, until it is answered. */
  #invite: SipMessage | undefined;
  readonly #branch = `z9hG4bK${token()}`;
  state: PhoneCallState;
  /** The code that refused an outgoing call. */
  status = 0;
  /** What the server said within the call, for tests that look closer. */
  readonly heard: SipMessage[] = [];

  private constructor(phone: PhoneParts, state: PhoneCallState, parts: CallParts) {
    this.#phone = phone;
    this.state = state;
    this.id = parts.id;
    this.#local = `${parts.local};tag=${this.#tag}`;
    this.#remote = parts.remote;
    this.#target = parts.target;
    this.#invite = parts.invite;
  }

  static incoming(phone: PhoneParts, invite: SipMessage): PhoneCall {
    const call = new PhoneCall(phone, 'ringing', {
      id: field(invite, 'Call-ID'),
      local: field(invite, 'To'),
      remote: field(invite, 'From'),
      target: uriIn(field(invite, 'Contact')),
      invite,
    });
    call.heard.push(invite);
    return call;
  }

  static outgoing(phone: PhoneParts, number: string, caller: Caller = {}): PhoneCall {
    const user = caller.number ?? phone.name;
    const shown = caller.name === undefined ? '' : `"${caller.name.replace(/[\\"]/g, '\\$&')}" `;
    const target = `sip:${number}@127.0.0.1:${phone.server}`;
    const call = new PhoneCall(phone, 'calling', {
      id: `${token()}@127.0.0.1`,
      local: `${shown}<sip:${user}@127.0.0.1>`,
      remote: `<${target}>`,
      target,
      invite: undefined,
    });
    // A phone is known by its name; who calls through a trunk is told beside it.
    const asserted = caller.number === undefined ? [] : [`${shown}<sip:${user}@127.0.0.1>`];
    void call.#call(asserted, caller.encoding ?? 'utf8');
    return call;
  }

  /** Resolves when the call is in one of these states. */
  async until(...states: readonly PhoneCallState[]): Promise<this> {
    await until(
      () => states.includes(this.state),
      () => `the call of ${this.#phone.name} is ${this.state}, not ${states.join(' or ')}`,
    );
    return this;
  }

  /** Lifts the phone that rings. */
  answer(): void {
    this.#respond({ status: 200, reason: 'OK', body: this.#sdp('sendrecv') });
    this.state = 'up';
  }

  refuse(how: Refusal): void {
    this.#respond(REFUSALS[how]);
    this.state = 'ended';
  }

  /** Sends who calls to a number, unanswered: the phone is set to forward its calls (RFC 3261, section 8.3). */
  forward(number: string): void {
    const contact = `<sip:${number}@127.0.0.1:${this.#phone.server}>`;
    this.#respond({ status: 302, reason: 'Moved Temporarily', contact });
    this.state = 'ended';
  }

  /** Ends the call, whatever it is at. */
  async hangUp(): Promise<void> {
    if (this.state === 'ringing') this.refuse('declined');
    else if (this.state === 'calling' || this.state === 'ringback') await this.#cancel();
    else if (this.state !== 'ended') {
      this.state = 'ended';
      await this.#request('BYE');
    }
  }

  /** Puts the other end on hold, as the phone's own key does. */
  async hold(): Promise<void> {
    await this.#reinvite('sendonly');
    this.state = 'held';
  }

  async retrieve(): Promise<void> {
    await this.#reinvite('sendrecv');
    this.state = 'up';
  }

  /** Sends the other end to a number. @returns the code of the server's answer */
  refer(number: string): Promise<number> {
    return this.#refer(`<sip:${number}@127.0.0.1:${this.#phone.server}>`);
  }

  /** Joins the other end with that of a consultation. @returns the code of the server's answer */
  referTo(consultation: PhoneCall): Promise<number> {
    const theirs = parameter(consultation.#remote, 'tag') ?? '';
    const replaces = `${consultation.id};to-tag=${theirs};from-tag=${consultation.#tag}`;
    const uri = uriIn(consultation.#remote);
    return this.#refer(`<${uri}?Replaces=${encodeURIComponent(replaces)}>`);
  }

  /** Presses a key, told to the server by INFO. */
  async press(digit: string): Promise<void> {
    const body = `Signal=${digit}\r\nDuration=160\r\n`;
    await this.#request('INFO', body, [['Content-Type', 'application/dtmf-relay']]);
  }

  /** A request of the server within this call. */
  take(request: SipMessage): void {
    const method = methodOf(request);
    if (method === 'ACK') return;
    if (method === 'CANCEL') {
      this.#reply(request, { status: 200, reason: 'OK' });
      if (this.state !== 'ringing') return;
      this.#respond({ status: 487, reason: 'Request Terminated' });
      this.state = 'ended';
      return;
    }
    this.heard.push(request);
    if (method === 'INVITE' || method === 'UPDATE') {
      const target = uriIn(field(request, 'Contact'));
      if (target !== '') this.#target = target;
      const body = request.body === '' && method === 'UPDATE' ? '' : this.#sdp(this.#direction());
      this.#reply(request, { status: 200, reason: 'OK', body });
      return;
    }
    this.#reply(request, { status: 200, reason: 'OK' });
    if (method === 'BYE') this.state = 'ended';
    // The other end is where it was sent (RFC 3515, section 2.4.5): the phone leaves.
    if (method === 'NOTIFY' && /^SIP\/2\.0 2/.test(request.body)) void this.hangUp().catch(() => {});
  }

  /** Tells that the phone rings; the INVITE that a server repeats is told so again. */
  ring(): void {
    this.#respond({ status: 180, reason: 'Ringing' });
  }

  async #call(asserted: readonly string[], encoding: 'utf8' | 'latin1'): Promise<void> {
    const invite: Request = {
      method: 'INVITE',
      uri: this.#target,
      fields: [...this.#dialog('INVITE'), ...asserted.map((value): Field => ['P-Asserted-Identity', value])],
      body: this.#sdp('sendrecv'),
      encoding,
    };
    const response = await this.#phone.endpoint.request(invite, {
      branch: this.#branch,
      provisional: (provisional) => {
        const status = statusOf(provisional);
        if (this.state === 'calling' && (status === 180 || status === 183)) this.state = 'ringback';
      },
    });
    const status = statusOf(response) ?? 0;
    this.heard.push(response);
    if (status >= 300) {
      this.status = status;
      this.state = 'ended';
      return;
    }
    this.#remote = field(response, 'To');
    this.#target = uriIn(field(response, 'Contact')) || this.#target;
    this.#acknowledge();
    this.state = 'up';
  }

  #acknowledge(): void {
    const { endpoint } = this.#phone;
    endpoint.send({ method: 'ACK', uri: this.#target, fields: this.#dialog('ACK') });
  }

  async #cancel(): Promise<void> {
    const uri = this.#target;
    const fields = this.#dialog('CANCEL');
    await this.#phone.endpoint.request({ method: 'CANCEL', uri, fields }, { branch: this.#branch });
    // An answer may have crossed it on the way.
    await this.until('ended', 'up');
    if (this.state === 'up') await this.hangUp();
  }

  async #reinvite(direction: Direction): Promise<void> {
    this.#sequence += 1;
    const fields = this.#dialog('INVITE');
    const body = this.#sdp(direction);
    const { endpoint, name } = this.#phone;
    const response = await endpoint.request({ method: 'INVITE', uri: this.#target, fields, body });
    const status = statusOf(response) ?? 0;
    if (status >= 300) throw new Error(`${name}: a re-INVITE was refused with ${status}`);
    this.#acknowledge();
  }

  async #refer(target: string): Promise<number> {
    const by = `<sip:${this.#phone.name}@127.0.0.1>`;
    const response = await this.#request('REFER', '', [
      ['Refer-To', target],
      ['Referred-By', by],
    ]);
    return statusOf(response) ?? 0;
  }

  #request(method: string, body = '', more: readonly Field[] = []): Promise<SipMessage> {
    this.#sequence += 1;
    const fields = [...this.#dialog(method), ...more];
    return this.#phone.endpoint.request({ method, uri: this.#target, fields, body });
  }

  #dialog(method: string): Field[] {
    return [
      ['From', this.#local],
      ['To', this.#remote],
      ['Call-ID', this.id],
      ['CSeq', `${this.#sequence} ${method}`],
    ];
  }

  /** Answers the INVITE that rings. */
  #respond(answer: Answer): void {
    if (this.#invite) this.#reply(this.#invite, answer);
  }

  #reply(request: SipMessage, answer: Answer): void {
    this.#phone.endpoint.respond(request, { ...answer, tag: this.#tag });
  }

  #direction(): Direction {
    return this.state === 'held' ? 'sendonly' : 'sendrecv';
  }

  #sdp(direction: Direction): string {
    this.#version += 1;
    return sdp(this.#version, this.#phone.mediaPort, direction);
  }
}

type CallParts = {
  readonly id: string;
  readonly local: string;
  readonly remote: string;
  readonly target: string;
  readonly invite: SipMessage | undefined;
};

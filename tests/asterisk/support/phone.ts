/**
 * A SIP phone for tests: what a person can do with a desk phone, on loopback, without sound. What it does with a call
 * that comes in is its `manner`; the rest is done by hand.
 */
import type { Socket } from 'node:dgram';
import { type Caller, PhoneCall, type PhoneParts, type Refusal } from './phone-call.ts';
import { digestAnswer } from './sip/digest.ts';
import { bound, Endpoint, token } from './sip/endpoint.ts';
import { type Field, field, methodOf, type SipMessage, statusOf } from './sip/message.ts';
import { until } from './until.ts';

/** `ring` until somebody does something; `answer` at once; `answerIfTold` at once where the INVITE asks for it. */
export type Manner = 'ring' | 'answer' | 'answerIfTold' | Refusal;

/** How servers ask a phone to answer by itself. */
const TOLD = [/answer-after=0/i, /auto.?answer/i];
const REGISTRATION_SECONDS = 120;

export class Phone {
  readonly name: string;
  readonly #endpoint: Endpoint;
  readonly #media: Socket;
  #server = 0;
  manner: Manner = 'ring';
  /** Every call it ever had, in their order. */
  readonly calls: PhoneCall[] = [];
  /** Keys that the other end pressed, told by INFO. */
  digits = '';
  /** Events it was notified of outside of or within calls. */
  readonly notified: string[] = [];

  private constructor(name: string, endpoint: Endpoint, media: Socket) {
    this.name = name;
    this.#endpoint = endpoint;
    this.#media = media;
    endpoint.onRequest = (request) => this.#take(request);
  }

  static async open(name: string): Promise<Phone> {
    return new Phone(name, await Endpoint.open(name), await bound());
  }

  /** Its SIP port, for the server's configuration. */
  get port(): number {
    return this.#endpoint.port;
  }

  /** The server's SIP port. */
  set server(port: number) {
    this.#server = port;
    this.#endpoint.server = port;
  }

  /** Tells the server where the phone is. @returns the code of its last answer */
  async register(password: string): Promise<number> {
    const uri = `sip:127.0.0.1:${this.#server}`;
    const id = token();
    const attempt = (number: number, more: readonly Field[]) => {
      const fields: Field[] = [
        ['From', `<sip:${this.name}@127.0.0.1>;tag=${id}`],
        ['To', `<sip:${this.name}@127.0.0.1>`],
        ['Call-ID', id],
        ['CSeq', `${number} REGISTER`],
        ['Expires', String(REGISTRATION_SECONDS)],
        ...more,
      ];
      return this.#endpoint.request({ method: 'REGISTER', uri, fields });
    };
    const first = await attempt(1, []);
    if (statusOf(first) !== 401) return statusOf(first) ?? 0;
    const who = { user: this.name, password, method: 'REGISTER', uri, cnonce: token() };
    const authorization = digestAnswer(field(first, 'WWW-Authenticate'), who);
    return statusOf(await attempt(2, [['Authorization', authorization]])) ?? 0;
  }

  dial(number: string, caller?: Caller): PhoneCall {
    const call = PhoneCall.outgoing(this.#parts(), number, caller);
    this.calls.push(call);
    return call;
  }

  /** The call that rings here, when one does. */
  ringing(): Promise<PhoneCall> {
    return this.#first('ringing');
  }

  /** The call that is answered and not on hold, when there is one. */
  talking(): Promise<PhoneCall> {
    return this.#first('up');
  }

  async close(): Promise<void> {
    await Promise.all([
      this.#endpoint.close(),
      new Promise<void>((resolve) => this.#media.close(() => resolve())),
    ]);
  }

  #first(state: PhoneCall['state']): Promise<PhoneCall> {
    return until(
      () => this.calls.find((call) => call.state === state),
      () => `${this.name}: no call is ${state}, but ${this.calls.map((call) => call.state).join(', ')}`,
    );
  }

  #parts(): PhoneParts {
    const mediaPort = this.#media.address().port;
    return { name: this.name, endpoint: this.#endpoint, server: this.#server, mediaPort };
  }

  #take(request: SipMessage): void {
    const method = methodOf(request);
    const known = this.calls.find((call) => call.id === field(request, 'Call-ID'));
    if (method === 'NOTIFY') this.#notified(field(request, 'Event'));
    if (method === 'INFO') this.digits += /Signal\s*=\s*(\S)/.exec(request.body)?.[1] ?? '';
    if (known && method === 'INVITE' && known.state === 'ringing') known.ring();
    else if (known) known.take(request);
    else if (method === 'INVITE') this.#called(request);
    else if (method !== 'ACK') {
      this.#endpoint.respond(request, { status: 200, reason: 'OK', tag: token() });
    }
  }

  #called(invite: SipMessage): void {
    const call = PhoneCall.incoming(this.#parts(), invite);
    this.calls.push(call);
    const manner = this.manner;
    if (manner !== 'ring' && manner !== 'answer' && manner !== 'answerIfTold') {
      call.refuse(manner);
      return;
    }
    call.ring();
    const told = ['Call-Info', 'Alert-Info'].some((name) =>
      TOLD.some((way) => way.test(field(invite, name))),
    );
    if (manner === 'answer' || (manner === 'answerIfTold' && told)) call.answer();
  }

  /** RFC 6665 events of desk phones: `talk` answers what rings or takes back what is held, `hold` holds. */
  #notified(event: string): void {
    this.notified.push(event);
    const first = (state: PhoneCall['state']) => this.calls.find((call) => call.state === state);
    const unheeded = () => {};
    if (event === 'hold') first('up')?.hold().catch(unheeded);
    if (event !== 'talk') return;
    const ringing = first('ringing');
    if (ringing) ringing.answer();
    else first('held')?.retrieve().catch(unheeded);
  }
}

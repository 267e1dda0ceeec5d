/** A SIP endpoint on loopback: one UDP socket, its transactions, and nothing of calls. */

import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import {
  type Field,
  field,
  fields,
  formatMessage,
  parameter,
  parseMessage,
  type SipMessage,
  statusOf,
} from './message.ts';

/** A request as a call writes it: the endpoint adds what belongs to the way it goes. */
export type Request = {
  readonly method: string;
  readonly uri: string;
  /** From, To, Call-ID, CSeq and what else it says. */
  readonly fields: readonly Field[];
  readonly body?: string;
  readonly encoding?: 'utf8' | 'latin1';
};

export type Answer = {
  readonly status: number;
  readonly reason: string;
  /** The callee's tag, for the To of a call. */
  readonly tag?: string;
  readonly body?: string;
  /** Where else to look for who was called; the phone's own unless given. */
  readonly contact?: string;
};

/** Loopback loses nothing; who does not answer in this time is not there. Milliseconds. */
const ANSWER_MS = 15_000;
const SDP = 'application/sdp';

export const token = () => randomBytes(6).toString('hex');

type Waiting = {
  readonly request: Request;
  readonly final: (response: SipMessage) => void;
  readonly provisional?: ((response: SipMessage) => void) | undefined;
};

export class Endpoint {
  readonly #name: string;
  readonly #socket: Socket;
  readonly #waiting = new Map<string, Waiting>();
  #server = 0;
  /** Called with every request that arrives, repetitions included. */
  onRequest: (request: SipMessage) => void = () => {};

  private constructor(name: string, socket: Socket) {
    this.#name = name;
    this.#socket = socket;
    socket.on('message', (datagram) => this.#take(datagram));
  }

  static async open(name: string): Promise<Endpoint> {
    return new Endpoint(name, await bound());
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get contact(): string {
    return `<sip:${this.#name}@127.0.0.1:${this.port}>`;
  }

  /** The server's SIP port; nothing can be sent before it is known. */
  set server(port: number) {
    this.#server = port;
  }

  /**
   * Sends a request. Resolves with its final response, after an INVITE that failed was acknowledged.
   *
   * @param branch names the transaction; a CANCEL has that of its INVITE
   */
  request(
    request: Request,
    options: { readonly branch?: string; readonly provisional?: (response: SipMessage) => void } = {},
  ): Promise<SipMessage> {
    const { branch = `z9hG4bK${token()}`, provisional } = options;
    const key = `${branch} ${request.method}`;
    return new Promise((resolve, reject) => {
      // An INVITE waits as long as people do.
      const late =
        request.method === 'INVITE'
          ? undefined
          : setTimeout(() => {
              this.#waiting.delete(key);
              reject(new Error(`${this.#name}: ${request.method} had no answer`));
            }, ANSWER_MS);
      const final = (response: SipMessage) => {
        clearTimeout(late);
        resolve(response);
      };
      this.#waiting.set(key, { request, final, provisional });
      this.send(request, branch);
    });
  }

  /** Sends a request that has no response: an ACK. */
  send({ method, uri, fields: own, body = '', encoding }: Request, branch = `z9hG4bK${token()}`): void {
    const via: Field = ['Via', `SIP/2.0/UDP 127.0.0.1:${this.port};rport;branch=${branch}`];
    const shared: Field[] = [
      via,
      ['Max-Forwards', '70'],
      ['Contact', this.contact],
      ['Allow', 'INVITE, ACK, BYE, CANCEL, NOTIFY, REFER, INFO, UPDATE, OPTIONS'],
    ];
    const typed: Field[] =
      body === '' || own.some(([name]) => name === 'Content-Type') ? [] : [['Content-Type', SDP]];
    const start = `${method} ${uri} SIP/2.0`;
    this.#write(formatMessage({ start, fields: [...shared, ...own, ...typed], body }, encoding));
  }

  /** Answers a request. */
  respond(request: SipMessage, { status, reason, tag, body = '', contact = this.contact }: Answer): void {
    const to = field(request, 'To');
    const same = (name: string) => fields(request, name).map((value): Field => [name, value]);
    const answer: Field[] = [
      ...same('Via'),
      ...same('Record-Route'),
      ...same('From'),
      ['To', tag === undefined || parameter(to, 'tag') !== undefined ? to : `${to};tag=${tag}`],
      ...same('Call-ID'),
      ...same('CSeq'),
      ['Contact', contact],
      // The phone can be told to answer and to hold.
      ['Allow-Events', 'talk, hold'],
      ...(body === '' ? [] : [['Content-Type', SDP] as const]),
    ];
    this.#write(formatMessage({ start: `SIP/2.0 ${status} ${reason}`, fields: answer, body }));
  }

  close(): Promise<void> {
    this.#waiting.clear();
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }

  #write(datagram: Buffer): void {
    this.#socket.send(datagram, this.#server, '127.0.0.1');
  }

  #take(datagram: Buffer): void {
    const message = parseMessage(datagram);
    if (!message) return;
    const status = statusOf(message);
    if (status === undefined) this.onRequest(message);
    else this.#response(message, status);
  }

  #response(response: SipMessage, status: number): void {
    const branch = parameter(field(response, 'Via'), 'branch') ?? '';
    const method = field(response, 'CSeq').split(' ')[1] ?? '';
    const key = `${branch} ${method}`;
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    if (status < 200) {
      waiting.provisional?.(response);
      return;
    }
    // Every repetition of a refusal is acknowledged, or it would be repeated on.
    if (method !== 'INVITE') this.#waiting.delete(key);
    else if (status >= 300) this.#acknowledge(waiting.request, response, branch);
    waiting.final(response);
  }

  #acknowledge({ uri, fields: own }: Request, refusal: SipMessage, branch: string): void {
    const kept = own.filter(([name]) => name === 'From' || name === 'Call-ID');
    const number = field(refusal, 'CSeq').split(' ')[0];
    const ack: Field[] = [...kept, ['To', field(refusal, 'To')], ['CSeq', `${number} ACK`]];
    this.send({ method: 'ACK', uri, fields: ack }, branch);
  }
}

/** A UDP socket on a port of loopback that the system chooses. */
export async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', resolve);
  });
  // What is sent to a phone that is gone comes back as an error, which means nothing here.
  socket.on('error', () => {});
  return socket;
}

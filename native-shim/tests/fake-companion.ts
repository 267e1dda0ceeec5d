/** A companion for tests: serves the link and says what the test tells it to. */
import { createServer, type Socket } from 'node:net';
import type {
  CallMessage,
  CompanionMessage,
  LineMessage,
  Party,
  ShimMessage,
  WireMessage,
} from '../../contract/generated/shim.ts';
import { decodeFrame, encodeFrame, FrameReader } from '../../contract/shim-frame.ts';
import { type Endpoint, listenAtPlace } from './place.ts';
import { Waiting } from './waiting.ts';

/** A message of the shim with its request id. */
export type Received = { readonly message: ShimMessage; readonly request: number };

const unknownParty: Party = { flags: 0x20, number: '', name: '' };

/** A line as the tests use it: answer and drop, make and pick up, two calls at a time. */
export function lineOf(line: number, changes: Partial<LineMessage> = {}): LineMessage {
  return {
    kind: 'line',
    line,
    guid: new Uint8Array(16).fill(line & 0xff),
    name: `Jan Lörenz 😀 (${line})`,
    address: String(line),
    switchName: 'Test exchange',
    inService: true,
    lineFeatures: 0x8,
    addressFeatures: 0x2 | 0x4 | 0x400,
    callFeatures: 0x84,
    maxActiveCalls: 2,
    ...changes,
  };
}

/** A call frame; what is not given is that of an external incoming call. */
export function callOf(call: number, state: number, changes: Partial<CallMessage> = {}): CallMessage {
  return {
    kind: 'call',
    call,
    line: 831,
    state,
    mode: 0,
    features: 0x80,
    origin: 4,
    reason: 1,
    relatedCall: 0,
    caller: { flags: 0xc, number: '0405551234', name: 'Grüße AG' },
    called: { flags: 0x8, number: '831', name: '' },
    connected: unknownParty,
    redirecting: unknownParty,
    redirection: unknownParty,
    ...changes,
  };
}

export class FakeCompanion {
  /** Lines and calls of the snapshot that answers the next hello. */
  snapshot: CompanionMessage[] = [lineOf(831)];
  /** The protocol it speaks; the shim must take an older one. */
  protocol = 2;
  /** Whether a hello is answered at all. */
  answersHello = true;
  readonly received = new Waiting<Received>();
  connections = 0;
  #endpoint: Endpoint | undefined;
  #socket: Socket | undefined;
  readonly #sockets = new Set<Socket>();
  #flood: Buffer | undefined;
  #stalls = false;

  /** Listens; the shim connects by itself. */
  async listen(path: string): Promise<void> {
    this.#endpoint = await listenAtPlace(
      createServer((socket) => this.#serve(socket)),
      path,
    );
  }

  /** Says something on the present link. */
  say(message: WireMessage, request = 0): void {
    this.#socket?.write(encodeFrame(message, request));
  }

  /** Writes bytes as they are. */
  write(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  /** Says these again and again, as fast as the link takes them, on this link and every later one. */
  flood(messages: readonly WireMessage[]): void {
    this.#flood = Buffer.concat(messages.map((message) => encodeFrame(message, 0)));
    if (this.#socket) this.#pour(this.#socket);
  }

  /** Ends the flood. */
  calm(): void {
    this.#flood = undefined;
  }

  /** Reads on after a stall. */
  readOn(): void {
    this.#stalls = false;
    for (const socket of this.#sockets) socket.resume();
  }

  /** Waits for any message of the shim. */
  told(fits: (received: Received) => boolean, what: string): Promise<Received> {
    return this.received.take(fits, what);
  }

  /** Answers a request of the shim. */
  answer(request: number, status = 0, call = 0): void {
    this.say({ kind: 'result', status, call }, request);
  }

  /** Stops reading on this link and every later one: what the shim writes stays in the system's buffers. */
  stall(): void {
    this.#stalls = true;
    this.#socket?.pause();
  }

  /** Ends the link but listens on: the shim may come again. */
  hangUp(): void {
    this.#socket?.destroy();
  }

  /** Ends the link and the endpoint, as a killed companion does. */
  async die(): Promise<void> {
    const closed = this.#endpoint?.close();
    this.#endpoint = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** The next message of a kind, reports apart. */
  async next<K extends ShimMessage['kind']>(
    kind: K,
  ): Promise<Received & { message: Extract<ShimMessage, { kind: K }> }> {
    const found = await this.received.take(({ message }) => message.kind === kind, `the shim's ${kind}`);
    return found as Received & { message: Extract<ShimMessage, { kind: K }> };
  }

  #serve(socket: Socket): void {
    const reader = new FrameReader();
    this.#socket = socket;
    this.#sockets.add(socket);
    this.connections += 1;
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        const message = decodeFrame(frame) as ShimMessage | undefined;
        if (message === undefined) throw new Error(`the shim sent an unknown type ${frame.type}`);
        if (message.kind === 'hello' && this.answersHello) this.#welcome();
        this.received.put({ message, request: frame.request });
      }
    });
    if (this.#stalls) socket.pause();
  }

  #welcome(): void {
    this.say({ kind: 'welcome', protocol: this.protocol, version: '0.1.0' });
    for (const message of this.snapshot) this.say(message);
    this.say({ kind: 'synced' });
    if (this.#socket) this.#pour(this.#socket);
  }

  /** One round of the flood, and the next when the link has room. */
  #pour(socket: Socket): void {
    if (this.#flood === undefined || socket.destroyed) return;
    if (socket.write(this.#flood)) setImmediate(() => this.#pour(socket));
    else socket.once('drain', () => this.#pour(socket));
  }
}

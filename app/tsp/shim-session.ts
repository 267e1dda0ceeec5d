import {
  type CompanionMessage,
  type HelloMessage,
  type ReportMessage,
  WIRE_PROTOCOL,
  type WireMessage,
} from '../../contract/generated/shim.ts';
import { decodeFrame, encodeFrame, type Frame, FrameReader } from '../../contract/shim-frame.ts';
import { WireError } from '../../contract/wire-io.ts';
import type { Clock, Timer } from '../clock.ts';
import type { LineCommands, Pending, Reply } from './commands.ts';
import type { ShimConnection } from './endpoint.ts';
import { FINISH_TIMEOUT_MS, HELLO_TIMEOUT_MS, MAX_UNREAD_BYTES } from './limits.ts';
import { LINEERR } from './tapi.ts';

/** What a session tells its owner. */
export type ShimSessionEvents = {
  /** The shim said hello: it wants the snapshot now. */
  readonly ready: (hello: HelloMessage) => void;
  readonly report: (report: ReportMessage) => void;
  /** It told something that asks for nothing. */
  readonly received: (message: WireMessage) => void;
  readonly closed: (reason: string) => void;
};

/** The oldest protocol this release still speaks. */
const OLDEST_PROTOCOL = 1;

/**
 * One link to one shim: hello and welcome, then requests in and snapshots out. Anything that breaks the protocol closes
 * the link; the shim comes back and gets a whole snapshot.
 */
export class ShimSession {
  readonly #connection: ShimConnection;
  readonly #commands: LineCommands;
  readonly #events: ShimSessionEvents;
  readonly #reader = new FrameReader();
  readonly #pending = new Map<number, Pending>();
  readonly #clock: Clock;
  readonly #hello: Timer;
  #ready = false;
  #protocol = OLDEST_PROTOCOL;
  #closed = false;

  constructor(connection: ShimConnection, commands: LineCommands, events: ShimSessionEvents, clock: Clock) {
    this.#connection = connection;
    this.#commands = commands;
    this.#events = events;
    this.#clock = clock;
    this.#hello = clock.after(HELLO_TIMEOUT_MS, () => this.close('it did not say hello in time'));
    const { stream } = connection;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', (error) => this.close(error.message));
    // A shim never ends its half alone: whoever stops sending is gone, whatever kind of stream it is.
    stream.on('end', () => this.close('the shim is gone'));
    stream.on('close', () => this.close('the shim is gone'));
  }

  /** What both sides speak, once the shim has said hello. */
  get protocol(): number {
    return this.#protocol;
  }

  /** Sends a message, in order. A shim that does not read is cut off rather than waited for. */
  send(message: CompanionMessage, request = 0): void {
    if (this.#closed) return;
    this.#connection.stream.write(encodeFrame(message, request));
    if (this.#connection.stream.writableLength > MAX_UNREAD_BYTES) this.close('the shim does not read');
  }

  /** Closes the link. Requests without an answer go on at the PBX: their calls are in the next snapshot. */
  close(reason: string): void {
    if (this.#closed) return;
    this.#connection.stream.destroy();
    this.#end(reason);
  }

  /** Closes the link once everything sent has left. A shim that does not read is not waited for long. */
  async finish(reason: string): Promise<void> {
    if (this.#closed) return;
    const { stream } = this.#connection;
    const gone = new Promise<void>((resolve) => void stream.once('close', () => resolve()));
    this.#end(reason);
    stream.end(() => stream.destroy());
    const late = this.#clock.after(FINISH_TIMEOUT_MS, () => stream.destroy());
    await gone;
    late.cancel();
  }

  #end(reason: string): void {
    this.#closed = true;
    this.#hello.cancel();
    this.#pending.clear();
    this.#events.closed(reason);
  }

  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (this.#closed) return;
        this.#frame(frame);
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.close(`a frame was malformed: ${error.message}`);
    }
  }

  #frame(frame: Frame): void {
    const message = decodeFrame(frame);
    if (!this.#ready) {
      if (message?.kind === 'hello') this.#greet(message);
      else this.close('its first frame was no hello');
    } else if (message) {
      this.#message(message, frame.request);
    } else if (frame.request > 0) {
      // A newer shim asks for something this release does not know: it gets its answer all the same.
      this.#answer(frame.request, unavailable);
    }
  }

  #greet(hello: HelloMessage): void {
    const protocol = Math.min(hello.protocolMax, WIRE_PROTOCOL);
    if (protocol < hello.protocolMin || protocol < OLDEST_PROTOCOL) {
      this.close(`it speaks protocol ${hello.protocolMin} to ${hello.protocolMax} only`);
      return;
    }
    this.#hello.cancel();
    this.#ready = true;
    this.#protocol = protocol;
    this.#events.ready(hello);
  }

  #message(message: WireMessage, request: number): void {
    if (request === 0 && asksForAnswer.has(message.kind)) {
      this.close(`it sent ${message.kind} without a request id`);
      return;
    }
    switch (message.kind) {
      case 'report':
        this.#events.report(message);
        return;
      case 'lineOpened':
      case 'lineClosed':
      case 'trace':
        this.#events.received(message);
        break;
      case 'cancel':
        this.#events.received(message);
        this.#pending.get(message.pending)?.cancel();
        this.#pending.delete(message.pending);
        break;
      default:
        this.#request(message, request);
    }
  }

  /** What is answered by one result: new calls and digits, which can be given up until then, and commands. */
  #request(message: WireMessage, request: number): void {
    const commands = this.#commands;
    const reply: Reply = (result) => this.#answer(request, result);
    switch (message.kind) {
      case 'makeCall':
      case 'makeCallPart':
      case 'pickup':
        this.#begin(request, (end) => commands[message.kind](message.line, message.target, end));
        break;
      case 'pickupGroup':
        this.#begin(request, (end) => commands.pickupGroup(message.line, message.group, end));
        break;
      case 'setupTransfer':
        this.#begin(request, (end) => commands.setupTransfer(message.call, message.target, end));
        break;
      case 'generateDigits': {
        const { call, digits, duration } = message;
        this.#begin(request, (end) => commands.generateDigits(call, digits, duration, end));
        break;
      }
      case 'command':
        commands.command(message.call, message.verb, reply);
        break;
      case 'commandNumber':
        commands.commandNumber(message.call, message.verb, message.target, reply);
        break;
      case 'commandPair':
        commands.commandPair(message.call, message.verb, message.other, reply);
        break;
      default:
        this.close(`it sent ${message.kind} out of turn`);
    }
  }

  #begin(request: number, start: (reply: Reply) => Pending): void {
    let answered = false;
    const pending = start((result) => {
      answered = true;
      this.#pending.delete(request);
      this.#answer(request, result);
    });
    if (!answered) this.#pending.set(request, pending);
  }

  #answer(request: number, result: Parameters<Reply>[0]): void {
    const [status, call] = result.ok ? [0, result.call] : [LINEERR[result.error], 0];
    this.send({ kind: 'result', status, call }, request);
  }
}

const asksForAnswer: ReadonlySet<WireMessage['kind']> = new Set([
  'makeCall',
  'makeCallPart',
  'pickup',
  'pickupGroup',
  'setupTransfer',
  'generateDigits',
  'command',
  'commandNumber',
  'commandPair',
]);

const unavailable = { ok: false, error: 'operationUnavailable' } as const;

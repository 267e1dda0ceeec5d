import type {
  CallMessage,
  HelloMessage,
  LineMessage,
  ReportMessage,
  WireMessage,
} from '../../contract/generated/shim.ts';
import { type Call, isEnded } from '../calls/call.ts';
import type { Clock } from '../clock.ts';
import { type Line, lineId } from '../lines/line.ts';
import type { LineCommands } from './commands.ts';
import type { Endpoint, ShimConnection } from './endpoint.ts';
import { MAX_SHIMS } from './limits.ts';
import { ShimSession } from './shim-session.ts';
import { callMessage, lineMessage } from './snapshot.ts';

/** What the link reports for the trace and the diagnostics. */
export type LinkEvents = {
  readonly connected: (hello: HelloMessage, peer: string) => void;
  /** A frame that asks for nothing. */
  readonly received: (message: WireMessage) => void;
  readonly sent: (message: LineMessage | CallMessage) => void;
  readonly report: (report: ReportMessage) => void;
  readonly lost: (reason: string, wasReady: boolean) => void;
};

/** Every shim that is connected. Lines and calls are published once; each shim gets them in that order. */
export class ShimLink {
  readonly #endpoint: Endpoint;
  readonly #commands: LineCommands;
  readonly #events: LinkEvents;
  readonly #clock: Clock;
  readonly #version: string;
  readonly #sessions = new Set<ShimSession>();
  readonly #ready = new Set<ShimSession>();
  readonly #lines = new Map<string, Line>();
  readonly #calls = new Map<number, Call>();

  constructor(endpoint: Endpoint, commands: LineCommands, events: LinkEvents, clock: Clock, version: string) {
    this.#endpoint = endpoint;
    this.#commands = commands;
    this.#events = events;
    this.#clock = clock;
    this.#version = version;
  }

  async open(): Promise<void> {
    await this.#endpoint.listen({
      connected: (connection) => this.#accept(connection),
      refused: (peer, reason) => this.#events.lost(`${peer} was turned away: ${reason}`, false),
      failed: (error) => this.#events.lost(`no further shim can connect: ${error.message}`, false),
    });
  }

  /** The shims get what was published, then the link is closed. */
  async close(): Promise<void> {
    const closing = this.#endpoint.close();
    await Promise.all([...this.#sessions].map((session) => session.finish('the companion ends')));
    await closing;
  }

  /** A line is new or has changed. */
  publishLine(line: Line): void {
    this.#lines.set(line.key, line);
    this.#send((protocol) => lineMessage(line, protocol));
  }

  removeLine(key: string): void {
    if (!this.#lines.delete(key)) return;
    for (const session of this.#ready) session.send({ kind: 'lineGone', line: lineId(key) });
  }

  /** A call is new or has changed. After IDLE it is forgotten: no later shim hears of it. */
  publishCall(call: Call): void {
    if (isEnded(call)) this.#calls.delete(call.id);
    else this.#calls.set(call.id, call);
    this.#send((protocol) => callMessage(call, protocol));
  }

  /** To each shim as its protocol has it; told once, as the first one got it. */
  #send(messageFor: (protocol: number) => LineMessage | CallMessage): void {
    const [first] = this.#ready;
    for (const session of this.#ready) session.send(messageFor(session.protocol));
    if (first) this.#events.sent(messageFor(first.protocol));
  }

  #accept(connection: ShimConnection): void {
    if (this.#sessions.size >= MAX_SHIMS) {
      connection.stream.on('error', () => undefined);
      connection.stream.destroy();
      this.#events.lost(`more than ${MAX_SHIMS} shims at once`, false);
      return;
    }
    const session: ShimSession = new ShimSession(
      connection,
      this.#commands,
      {
        ready: (hello) => this.#greet(session, hello, connection.peer),
        report: this.#events.report,
        received: this.#events.received,
        closed: (reason) => {
          this.#sessions.delete(session);
          this.#events.lost(reason, this.#ready.delete(session));
        },
      },
      this.#clock,
    );
    this.#sessions.add(session);
  }

  #greet(session: ShimSession, hello: HelloMessage, peer: string): void {
    this.#events.connected(hello, peer);
    // Before the snapshot: it may be the very thing that a stalled shim does not read.
    this.#ready.add(session);
    const { protocol } = session;
    session.send({ kind: 'welcome', protocol, version: this.#version });
    for (const line of this.#lines.values()) session.send(lineMessage(line, protocol));
    for (const call of this.#calls.values()) session.send(callMessage(call, protocol));
    session.send({ kind: 'synced' });
  }
}

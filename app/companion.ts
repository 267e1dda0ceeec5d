import type { Call } from './calls/call.ts';
import type { Clock } from './clock.ts';
import { AccountCalls } from './companion/account-calls.ts';
import { EarlyCommands } from './companion/early-commands.ts';
import { lineCommands } from './companion/line-commands.ts';
import { type CompanionStore, createCompanionStore, stateChanges } from './companion/state.ts';
import { Tracing } from './companion/tracing.ts';
import type { Trace } from './diagnostics/trace.ts';
import { type Line, lineId } from './lines/line.ts';
import type { Pbx, PbxEvent, PbxListener } from './pbx/port.ts';
import type { LineCommands, Reply } from './tsp/commands.ts';
import type { Endpoint } from './tsp/endpoint.ts';
import { ShimLink } from './tsp/link.ts';
import type { LineError } from './tsp/tapi.ts';

/** What a companion needs of the machine it runs on. */
export type CompanionPorts = {
  readonly clock: Clock;
  /** A whole number of 32 random bits. */
  readonly random32: () => number;
  /** Where shims connect to. Without one, TAPI programs are not served. */
  readonly endpoint?: Endpoint;
  /** The release, told to shims: at most 32 bytes. */
  readonly version: string;
};

/** An account to sign in to. */
export type CompanionAccount = {
  readonly key: string;
  /** The PBX as people know it: SwitchInfo of its lines. */
  readonly pbxName: string;
  readonly connect: (listener: PbxListener) => Pbx;
};

/** How a command ended. */
export type CommandOutcome =
  | { readonly ok: true; readonly call: number }
  | { readonly ok: false; readonly error: LineError };

/** One running companion: PBX sessions, calls and the link to the shim, wired together. */
export class Companion {
  readonly state: CompanionStore = createCompanionStore();
  readonly trace: Trace;
  readonly #ports: CompanionPorts;
  readonly #tracing: Tracing;
  readonly #changes = stateChanges(this.state);
  readonly #accounts = new Map<string, { pbx: Pbx; calls: AccountCalls }>();
  /** What people ask here; shims ask through the link. */
  readonly #commands: LineCommands;
  readonly #early: EarlyCommands;
  readonly #link: ShimLink | undefined;
  /** Of what happens now, and not in the state yet. */
  readonly #changedLines = new Map<string, Line | undefined>();
  #lastCallId: number;

  constructor(ports: CompanionPorts) {
    this.#ports = ports;
    this.#tracing = new Tracing(ports.clock.now);
    this.trace = this.#tracing.trace;
    // A shim may still hold calls of the companion before this one: ids start where those hardly were.
    this.#lastCallId = ports.random32();
    this.#early = new EarlyCommands({ clock: ports.clock, expectsLines: () => this.#expectsLines() });
    const commandPorts = {
      lines: () => Object.values(this.state.getState().lines),
      accounts: () => [...this.#accounts].map(([key, account]) => [key, account.calls] as const),
      nextCallId: () => this.#nextCallId(),
      early: this.#early,
      tracing: this.#tracing,
    };
    this.#commands = lineCommands('core', commandPorts);
    this.#link = ports.endpoint && this.#createLink(ports.endpoint, lineCommands('link', commandPorts));
  }

  /** Opens the endpoint. Rejects with a sentence when it cannot be had; the rest works without it. */
  async start(): Promise<void> {
    await this.#link?.open();
  }

  /** Signs in. How that goes is in the state's `sessions`. */
  addAccount({ key, pbxName, connect }: CompanionAccount): void {
    if (this.#accounts.has(key)) throw new Error(`the account ${key} is there already`);
    // The adapter reports nothing before start(), and by then `calls` is there.
    const listener: PbxListener = {
      event: (event) => this.#pbxEvent(key, event, calls),
      trace: (line) => this.#tracing.wire(key, line, line.call ?? calls.callOf(line.channel)),
    };
    const pbx = connect(listener);
    const calls = new AccountCalls(key, pbxName, pbx, {
      clock: this.#ports.clock,
      nextCallId: () => this.#nextCallId(),
      lineChanged: (line) => this.#lineChanged(line),
      lineRemoved: (line) => this.#lineRemoved(line),
      callChanged: (call) => this.#callChanged(key, call),
      trace: (line, call) => this.#tracing.wire(key, line, call),
    });
    this.#accounts.set(key, { pbx, calls });
    pbx.start();
  }

  /** Signs out and gives up the account's lines. Its calls end for everybody here and go on at the PBX. */
  async removeAccount(key: string): Promise<void> {
    const account = this.#accounts.get(key);
    if (!account) return;
    this.#together(() => account.calls.remove());
    this.#accounts.delete(key);
    this.#early.review();
    await account.pbx.stop();
  }

  /**
   * The network or the machine has come back: sessions that wait try at once, and those that seem to live are asked. May
   * be called at any time and as often as the system likes.
   */
  check(): void {
    for (const { pbx } of this.#accounts.values()) pbx.check();
  }

  /** Dials from the phone of a line, named by its key. */
  dial(line: string, target: string): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.makeCall(lineId(line), target, reply));
  }

  /** Takes over to the phone of a line what rings at `target`. */
  pickup(line: string, target: string): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.pickup(lineId(line), target, reply));
  }

  answer(call: number): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.command(call, 'answer', reply));
  }

  drop(call: number): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.command(call, 'drop', reply));
  }

  hold(call: number): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.command(call, 'hold', reply));
  }

  unhold(call: number): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.command(call, 'unhold', reply));
  }

  /** Sends the other end of a call to a number, without asking there. */
  blindTransfer(call: number, target: string): Promise<CommandOutcome> {
    return outcome((reply) => this.#commands.commandNumber(call, 'blindTransfer', target, reply));
  }

  /** Signs out everywhere, then closes the link. The lines stay with the shims, out of service. */
  async stop(): Promise<void> {
    const accounts = [...this.#accounts.values()];
    this.#accounts.clear();
    this.#early.failAll();
    this.#together(() => {
      for (const { calls } of accounts) calls.close();
    });
    await Promise.all(accounts.map(({ pbx }) => pbx.stop()));
    await this.#link?.close();
  }

  #createLink(endpoint: Endpoint, commands: LineCommands): ShimLink {
    const tracing = this.#tracing;
    return new ShimLink(
      endpoint,
      commands,
      {
        connected: (hello, peer) => {
          this.#changes.shims(1);
          tracing.link('note', `shim ${hello.version} ${hello.architecture} connected, ${peer}`);
        },
        received: (message) => tracing.received(message),
        sent: (message) => tracing.sent(message),
        report: (report) => tracing.report(report),
        lost: (reason, wasReady) => {
          if (wasReady) this.#changes.shims(-1);
          tracing.link('note', `shim gone: ${reason}`);
        },
      },
      this.#ports.clock,
      this.#ports.version,
    );
  }

  #pbxEvent(account: string, event: PbxEvent, calls: AccountCalls): void {
    if (event.type === 'session') this.#tracing.session(account, event.session);
    if (event.type === 'hint') this.#tracing.hint(account, event.hint);
    this.#changes.pbx(account, event);
    this.#together(() => calls.handle(event));
    if (event.type === 'session' || event.type === 'users') this.#early.review();
  }

  /** Whether a line that nobody knows may still turn up. Before the first account is added any may. */
  #expectsLines(): boolean {
    const accounts = [...this.#accounts.values()];
    return accounts.length === 0 || accounts.some(({ calls }) => calls.expectsLines);
  }

  #lineChanged(line: Line): void {
    this.#changedLines.set(line.key, line);
    this.#link?.publishLine(line);
  }

  #lineRemoved(key: string): void {
    this.#changedLines.set(key, undefined);
    this.#link?.removeLine(key);
  }

  /** An account may have thousands of lines that change at once: the state changes once with all of them. */
  #together(change: () => void): void {
    try {
      change();
    } finally {
      this.#tellLines();
    }
  }

  #tellLines(): void {
    if (this.#changedLines.size === 0) return;
    this.#changes.lines(this.#changedLines);
    this.#changedLines.clear();
  }

  /** The one place where a new state of a call leaves the core: for the trace, the shims and the window. */
  #callChanged(account: string, call: Call): void {
    this.#tellLines();
    this.#tracing.call(account, call);
    this.#link?.publishCall(call);
    this.#changes.call(call);
  }

  /** 1 to 2^32 - 1, each once in four thousand million calls. */
  #nextCallId(): number {
    this.#lastCallId = (this.#lastCallId % 0xffff_ffff) + 1;
    return this.#lastCallId;
  }
}

function outcome(ask: (reply: Reply) => void): Promise<CommandOutcome> {
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  ask(resolve);
  return promise;
}

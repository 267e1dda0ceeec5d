/** Runs tsphost and talks to it: commands in, JSON lines out. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { NativeBuild } from '../../tools/native/build.ts';
import { PLACE, pathAtPlace, spawnAtPlace } from './place.ts';
import { DEADLINE, Waiting } from './waiting.ts';

/** One line of the host's output; which fields it has depends on its kind. */
export type HostLine = {
  readonly seq: number;
  readonly thread: number;
  readonly us: number;
  readonly kind: string;
  readonly [field: string]: unknown;
};

export type HostOptions = {
  /** Folder of the persisted line table; without one nothing is kept. */
  readonly stateFolder?: string;
  /** Another provider than the right one. */
  readonly library?: string;
  /** Further words of its command line. */
  readonly words?: readonly string[];
};

export class Host {
  readonly lines = new Waiting<HostLine>();
  /** What the shim itself traced; on Windows nothing. */
  readonly traced = new Waiting<string>();
  readonly #process: ChildProcess;
  readonly #ended: Promise<number>;

  constructor(build: NativeBuild, socket: string, { stateFolder, library, words = [] }: HostOptions = {}) {
    const state = stateFolder === undefined ? {} : { TAPLINE_STATE: pathAtPlace(stateFolder) };
    const child = spawnAtPlace(build.host, [pathAtPlace(library ?? build.library), ...words], {
      TAPLINE_SOCKET: socket,
      TAPLINE_TRACE: '1',
      ...state,
    });
    const { stdout, stderr } = child;
    if (!stdout || !stderr) throw new Error('the host has no output');
    this.#process = child;
    this.#ended = new Promise((resolve) => child.on('close', (code) => resolve(code ?? -1)));
    createInterface({ input: stderr }).on('line', (line) => this.traced.put(line));
    createInterface({ input: stdout }).on('line', (line) => this.lines.put(JSON.parse(line) as HostLine));
  }

  /** Waits until the shim has noticed that the companion is gone. On Windows it traces that to the debugger alone. */
  async linkClosed(): Promise<void> {
    if (PLACE === 'native') {
      await this.traced.take((line) => line.endsWith('link: closed'), 'link: closed');
      return;
    }
    const end = Date.now() + DEADLINE;
    while ((await this.run('dialog show'))['linked'] !== false) {
      if (Date.now() > end) throw new Error('the shim did not notice that the companion is gone');
    }
  }

  /** Sends a command without waiting. */
  send(command: string): void {
    this.#process.stdin?.write(`${command}\n`);
  }

  /** Sends a command and returns its answer, which may take so many milliseconds. */
  async run(command: string, within = DEADLINE): Promise<HostLine> {
    const name = command.split(' ')[0];
    let next = this.lines.all.length;
    this.send(command);
    const end = Date.now() + within;
    for (;;) {
      for (; next < this.lines.all.length; next += 1) {
        const line = this.lines.all[next];
        if (line?.kind === 'return' && line['command'] === name) return line;
      }
      if (Date.now() > end) throw new Error(`the host did not answer ${command}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Waits for the line LINE_CREATE announced, and opens it. */
  async openLine(): Promise<HostLine> {
    await this.lines.take((line) => line.kind === 'lineCreate', 'LINE_CREATE');
    return this.run('open first');
  }

  /** The next line of a kind whose fields have these values. */
  next(kind: string, fields: Record<string, unknown> = {}): Promise<HostLine> {
    const wanted = Object.entries(fields);
    return this.lines.take(
      (line) => line.kind === kind && wanted.every(([name, value]) => line[name] === value),
      `${kind} ${JSON.stringify(fields)}`,
    );
  }

  /** Waits for a call state. */
  state(state: string): Promise<HostLine> {
    return this.next('event', { message: 'LINE_CALLSTATE', state });
  }

  /** The states of a call so far, in their order. */
  statesOf(name: string): unknown[] {
    return this.lines.all
      .filter((line) => line['message'] === 'LINE_CALLSTATE' && line['name'] === name)
      .map((line) => line['state']);
  }

  completions(request: number): unknown[] {
    return this.lines.all
      .filter((line) => line.kind === 'completion' && line['request'] === request)
      .map((line) => line['result']);
  }

  violations(): HostLine[] {
    return this.lines.all.filter((line) => line.kind === 'violation');
  }

  /** Stops the host in order and returns its exit code. */
  async quit(): Promise<number> {
    this.send('quit');
    return this.#ended;
  }

  /** Waits for an end the host comes to by itself, and returns its exit code. */
  ended(): Promise<number> {
    return this.#ended;
  }

  /** Ends the process when a test failed before quit. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }
}

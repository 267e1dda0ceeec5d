import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { architectureAt, type Where } from './companion-process.ts';
import { Log, logLines } from './log.ts';
import { windowsPath } from './wine.ts';
import { wineFor } from './wine-places.ts';

/** One line of the test host: an event, a completion, or what a command returned. */
export type HostLine = {
  readonly kind:
    | 'start'
    | 'event'
    | 'completion'
    | 'return'
    | 'lineCreate'
    | 'lineRemove'
    | 'violation'
    | 'end';
  readonly seq: number;
  readonly thread: number | string;
  /** µs since the host started. */
  readonly us: number;
  /** µs since 1970. */
  readonly unixUs: number;
  readonly [field: string]: unknown;
};

export type HostOptions = {
  readonly where: Where;
  /** Folder of tapline.tsp or tapline.so, and of tsphost. */
  readonly build: string;
  /** native: the companion's socket. */
  readonly socket: string;
};

/** How long an answer of the host may take, in ms. */
const ANSWER_MS = 10_000;

/** The test host: a process that loads the DLL as the telephony service does and obeys commands. */
export class HostProcess {
  readonly log = new Log<HostLine>();
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor({ where, build, socket }: HostOptions) {
    this.#child = where === 'native' ? startHere(build, socket) : startUnderWine(where, build);
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    logLines(this.#child.stdout, this.log);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => resolve(code));
      this.#child.once('error', () => resolve(null));
    });
  }

  /** Gives a command and waits for what it returned. A problem of the host rejects. */
  async command(command: string): Promise<HostLine> {
    const name = command.split(' ', 1)[0];
    const from = this.log.entries.length;
    this.#child.stdin.write(`${command}\n`);
    const answer = await this.log.wait(
      `the host's answer to ${name}`,
      (line) => line.kind === 'return' && line['command'] === name,
      ANSWER_MS,
      from,
    );
    if (answer['problem'] !== undefined)
      throw new Error(`the host refused ${name}: ${String(answer['problem'])}`);
    return answer;
  }

  /** Waits for LINE_CALLSTATE with a state, from `from` on. */
  state(state: string, from: number, ms = ANSWER_MS): Promise<HostLine> {
    const matches = (line: HostLine): boolean =>
      line['message'] === 'LINE_CALLSTATE' && line['state'] === state;
    return this.log.wait(`LINE_CALLSTATE ${state}`, matches, ms, from);
  }

  /** Ends it in order. @returns its exit code: 0 when the DLL broke no rule */
  async quit(): Promise<number | null> {
    this.#child.stdin.end('quit\n');
    return this.exited;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

function startHere(build: string, socket: string): ChildProcessWithoutNullStreams {
  const env = { ...process.env, TAPLINE_SOCKET: socket };
  return spawn(join(build, 'tsphost'), [join(build, 'tapline.so')], { env });
}

function startUnderWine(where: Exclude<Where, 'native'>, build: string): ChildProcessWithoutNullStreams {
  const { command, environment } = wineFor(architectureAt(where));
  const words = [join(build, 'tsphost.exe'), windowsPath(join(build, 'tapline.tsp'))];
  const [program = '', ...args] = [...command, ...words];
  return spawn(program, args, { env: environment });
}

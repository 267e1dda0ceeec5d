/** lineprobe at work: commands go in, lines come out. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Log, logLines } from '../rig/log.ts';

export interface ProbeLine {
  readonly kind: 'start' | 'line' | 'return' | 'message' | 'end';
  readonly [field: string]: unknown;
}

/** How long Windows telephony may take for one thing, in ms: its service starts with the first program. */
const ANSWER_MS = 30_000;

/** The message of a line as `wait` of lineprobe knows it: `LINE_CALLSTATE CONNECTED`, `LINE_REPLY 0`. */
export function messageText({ message, state, error, request }: ProbeLine): string {
  if (message === 'LINE_CALLSTATE') return `${message} ${String(state)}`;
  if (message === 'LINE_REPLY') return `${message} ${request === undefined ? '?' : String(error ?? 0)}`;
  return String(message);
}

export class Lineprobe {
  readonly log = new Log<ProbeLine>();
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(program: string) {
    this.#child = spawn(program);
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    logLines(this.#child.stdout, this.log);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => resolve(code));
      this.#child.once('error', () => resolve(null));
    });
  }

  /** How far it is: what is waited for from here on is news. */
  get mark(): number {
    return this.log.entries.length;
  }

  /** Waits until it is there. Rejects with TAPI's error. */
  async started(): Promise<ProbeLine> {
    const start = await this.log.wait('lineprobe', ({ kind }) => kind === 'start', ANSWER_MS);
    if (start['error'] !== undefined) throw new Error(`lineInitializeEx: ${String(start['error'])}`);
    return start;
  }

  /** Gives a command; its answer, whatever it is. */
  async ask(command: string): Promise<ProbeLine> {
    const from = this.mark;
    this.#child.stdin.write(`${command}\n`);
    const name = command.split(' ', 1)[0];
    return this.log.wait(`the answer to ${name}`, ({ kind }) => kind === 'return', ANSWER_MS, from);
  }

  /** Gives a command that has to succeed. Rejects with TAPI's error or lineprobe's problem. */
  async command(command: string): Promise<ProbeLine> {
    const answer = await this.ask(command);
    const wrong = answer['error'] ?? answer['problem'];
    if (wrong !== undefined) throw new Error(`${command.split(' ', 1)[0]}: ${String(wrong)}`);
    return answer;
  }

  /** Waits for a message, from `from` on. */
  message(text: string, from: number): Promise<ProbeLine> {
    const matches = (line: ProbeLine): boolean => line.kind === 'message' && messageText(line) === text;
    return this.log.wait(text, matches, ANSWER_MS, from);
  }

  /** Ends it in order; its exit code. */
  async quit(): Promise<number | null> {
    this.#child.stdin.end('quit\n');
    const late = setTimeout(() => this.#child.kill(), ANSWER_MS);
    return this.exited.finally(() => clearTimeout(late));
  }
}

/** lineprobe at work, as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { logLines } from '../rig/log.ts';
import { ANSWER_MS, type ProbeLine, TelephonyProgram } from './telephony-program.ts';

export class Lineprobe extends TelephonyProgram {
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;

  /** @param command what starts it: the program, or what stands before it and the program */
  constructor(command: readonly [string, ...string[]], env: NodeJS.ProcessEnv = process.env) {
    super();
    const [program, ...words] = command;
    this.#child = spawn(program, words, { env });
    this.#child.stderr.resume();
    this.#child.stdin.on('error', () => undefined);
    logLines(this.#child.stdout, this.log);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code) => resolve(code));
      this.#child.once('error', () => resolve(null));
    });
  }

  /** Waits until it is there. Rejects with TAPI's error. */
  async started(): Promise<ProbeLine> {
    const start = await this.wait('lineprobe', ({ kind }) => kind === 'start', 0);
    if (start['error'] !== undefined) throw new Error(`lineInitializeEx: ${String(start['error'])}`);
    return start;
  }

  override async ask(command: string): Promise<ProbeLine> {
    const from = this.mark;
    this.#child.stdin.write(`${command}\n`);
    const name = command.split(' ', 1)[0];
    return this.wait(`the answer to ${name}`, ({ kind }) => kind === 'return', from);
  }

  /** Ends it in order; its exit code. */
  async quit(): Promise<number | null> {
    this.#child.stdin.end('quit\n');
    const late = setTimeout(() => this.#child.kill(), ANSWER_MS);
    return this.exited.finally(() => clearTimeout(late));
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';

const STOP_MS = 10_000;

/** A real server that tests run as an ordinary process, again and again. A test run that is broken off takes it along. */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #printed = '';
  readonly #leave = () => void this.#child?.kill('SIGKILL');

  constructor() {
    process.once('exit', this.#leave);
  }

  /** Starts it. That it could not be started stands in `printed`, with `hint` behind it. */
  spawn(program: string, args: readonly string[], hint = ''): void {
    const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#printed = '';
    started.stdout.on('data', (chunk) => (this.#printed += chunk));
    started.stderr.on('data', (chunk) => (this.#printed += chunk));
    started.on('error', (error) => (this.#printed += `${error.message}${hint}`));
    this.#child = started;
  }

  /** What the one started last has printed. */
  get printed(): string {
    return this.#printed;
  }

  /** It never began, or has ended. */
  get over(): boolean {
    return isOver(this.#child);
  }

  /** Ends it, frozen or not, and resolves when it is gone: killed when the signal does not do it in time. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = this.#child;
    this.#child = undefined;
    if (!ending || isOver(ending)) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGCONT');
    ending.kill(signal);
    const late = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(late);
  }

  /** Stops the process in its tracks: its connections stand, and nothing moves. */
  readonly freeze = () => void this.#child?.kill('SIGSTOP');
  readonly thaw = () => void this.#child?.kill('SIGCONT');

  /** Kills it. It cannot be started any more. */
  async close(): Promise<void> {
    await this.end('SIGKILL');
    process.off('exit', this.#leave);
  }
}

const isOver = (child: ChildProcess | undefined): boolean =>
  child?.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Two TCP ports that are free now, for servers that do not tell which ones they got and so cannot be asked to choose. */
export async function freePorts(): Promise<[number, number]> {
  const listeners = [createServer(), createServer()] as const;
  // Both are held until both are known, or they could be the same.
  const ports: [number, number] = [await portOf(listeners[0]), await portOf(listeners[1])];
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}

const portOf = (listener: Server) =>
  new Promise<number>((resolve, reject) => {
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

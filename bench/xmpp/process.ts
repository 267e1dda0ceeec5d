import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a process can be told to do. Arguments and answers go over as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: each order has arguments of its own
export type Orders = Readonly<Record<string, (...args: any[]) => unknown>>;

type Order = { readonly id: number; readonly name: string; readonly args: readonly unknown[] };
type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };
type Note = { readonly note: unknown };

/** A process of its own for one part of a measurement, so that no part slows down or speeds up another. */
export class Process<Own extends Orders> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;
  /** Called with what the process tells without being asked. */
  onNote: (note: unknown) => void = () => undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: Answer | Note) => {
      if ('note' in message) this.onNote(message.note);
      else this.#answered(message);
    });
    child.once('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`it ended with ${code ?? signal}`));
      this.#waiting.clear();
    });
  }

  /** @param script which calls `serve` with these orders */
  static start<Own extends Orders>(
    script: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Process<Own> {
    return new Process<Own>(fork(script, args, { env: { ...process.env, ...env } }));
  }

  get pid(): number {
    return this.#child.pid ?? Number.NaN;
  }

  /** Gives an order. Rejects when it fails, or when the process ends before it has answered. */
  ask<Name extends keyof Own & string>(
    name: Name,
    ...args: Parameters<Own[Name]>
  ): Promise<Awaited<ReturnType<Own[Name]>>> {
    const answer = Promise.withResolvers<unknown>();
    this.#asked += 1;
    this.#waiting.set(this.#asked, answer);
    this.#child.send({ id: this.#asked, name, args } satisfies Order, (error) => {
      if (error) answer.reject(error);
    });
    return answer.promise as Promise<Awaited<ReturnType<Own[Name]>>>;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  #answered({ id, value, error }: Answer): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) answer?.resolve(value);
    else answer?.reject(new Error(error));
  }
}

/** In such a process: takes orders until whoever started it is gone. */
export function serve(orders: Orders): void {
  process.once('disconnect', () => process.exit());
  process.on('message', ({ id, name, args }: Order) => {
    void answer(orders, name, args).then((given) => process.send?.({ id, ...given }));
  });
}

/** In such a process: tells something without being asked. */
export function tell(note: unknown): void {
  process.send?.({ note } satisfies Note);
}

async function answer(orders: Orders, name: string, args: readonly unknown[]): Promise<Omit<Answer, 'id'>> {
  try {
    return { value: await orders[name]?.(...args) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

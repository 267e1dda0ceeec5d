import { createServer, type Socket } from 'node:net';
import { Log } from '../../rig/log.ts';
import { readLines, writeLine } from './lines.ts';
import type { Controls, Question, Recorded, RemoteControls, Report } from './messages.ts';

/** The owner's end of the channel to a stand-in. */
export class ControlServer {
  /** Everything the stand-in recorded. */
  readonly log = new Log<Recorded>();
  readonly controls: RemoteControls;
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #hear: (recorded: Recorded) => void;
  #peer: Socket | undefined;
  #lastId = 0;

  /** @param hear called with everything the stand-in records */
  constructor(hear: (recorded: Recorded) => void = () => undefined) {
    this.#hear = hear;
    const remote = new Proxy({}, { get: (_, name) => this.#remote(name as keyof Controls) });
    this.controls = remote as RemoteControls;
  }

  /** Listens on this machine. @returns the port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the control channel has no port');
    return address.port;
  }

  close(): void {
    this.#peer?.destroy();
    this.#server.close();
  }

  #remote(control: keyof Controls): (...args: unknown[]) => Promise<unknown> {
    return (...args) => {
      if (!this.#peer || this.#peer.destroyed) return Promise.reject(new Error('the application has ended'));
      const id = ++this.#lastId;
      const answer = Promise.withResolvers<unknown>();
      this.#answers.set(id, answer);
      writeLine(this.#peer, { id, control, args } satisfies Question);
      return answer.promise;
    };
  }

  #accept(socket: Socket): void {
    this.#peer = socket;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      for (const answer of this.#answers.values()) answer.reject(new Error('the application has ended'));
      this.#answers.clear();
    });
    readLines<Report>(socket, (report) => {
      if (!('recorded' in report)) return this.#settle(report.id, report.problem, report.value);
      this.log.add(report.recorded);
      this.#hear(report.recorded);
    });
  }

  #settle(id: number, problem: string | undefined, value: unknown): void {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (problem === undefined) answer?.resolve(value);
    else answer?.reject(new Error(problem));
  }
}

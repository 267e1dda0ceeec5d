import { createServer, type Socket } from 'node:net';
import type { ControlReport, ControlRequest } from '../../headless/control-messages.ts';
import { Log, logLines } from './log.ts';

type Report<Event extends ControlReport['event']> = Extract<ControlReport, { event: Event }>;

/** The owner's end of a headless companion's control channel. */
export class ControlServer {
  readonly log = new Log<ControlReport>();
  readonly #server = createServer((socket) => this.#accept(socket));
  #peer: Socket | undefined;

  /** Listens on this machine. @returns the port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the control channel has no port');
    return address.port;
  }

  send(request: ControlRequest): void {
    this.#peer?.write(`${JSON.stringify(request)}\n`);
  }

  /** The first report of this kind, past or future, that `wanted` takes; rejects after `ms`. */
  report<Event extends ControlReport['event']>(
    event: Event,
    wanted: (report: Report<Event>) => boolean,
    ms: number,
    from = 0,
  ): Promise<Report<Event>> {
    const matches = (report: ControlReport): boolean =>
      report.event === event && wanted(report as Report<Event>);
    return this.log.wait(`the companion's ${event}`, matches, ms, from) as Promise<Report<Event>>;
  }

  close(): void {
    this.#peer?.destroy();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    this.#peer = socket;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    logLines(socket, this.log);
  }
}

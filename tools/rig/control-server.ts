import { createServer, type Server, type Socket } from 'node:net';
import type { ControlReport, ControlRequest } from '../../headless/control-messages.ts';

/** The owner's end of a headless companion's control channel. */
export type ControlServer = {
  readonly port: number;
  readonly send: (request: ControlRequest) => void;
  /** Every report so far, oldest first. */
  readonly reports: readonly ControlReport[];
  /** Resolves with the first report, past or future, that `wanted` takes; rejects after `ms`. */
  readonly report: <Event extends ControlReport['event']>(
    event: Event,
    wanted: (report: Extract<ControlReport, { event: Event }>) => boolean,
    ms: number,
  ) => Promise<Extract<ControlReport, { event: Event }>>;
  readonly close: () => void;
};

/** Listens on this machine for one companion. */
export async function listenForCompanion(): Promise<ControlServer> {
  const reports: ControlReport[] = [];
  const waiting = new Set<(report: ControlReport) => void>();
  let peer: Socket | undefined;
  const server: Server = createServer((socket) => {
    peer = socket;
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    let rest = '';
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const report = JSON.parse(line) as ControlReport;
        reports.push(report);
        for (const take of waiting) take(report);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the control channel has no port');
  return {
    port: address.port,
    reports,
    send: (request) => void peer?.write(`${JSON.stringify(request)}\n`),
    report: (event, wanted, ms) => {
      type Wanted = Extract<ControlReport, { event: typeof event }>;
      const matches = (report: ControlReport): boolean => report.event === event && wanted(report as Wanted);
      const past = reports.find(matches);
      if (past) return Promise.resolve(past as Wanted);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(take);
          reject(new Error(`the companion reported no such ${event} within ${ms} ms`));
        }, ms);
        const take = (report: ControlReport): void => {
          if (!matches(report)) return;
          clearTimeout(timer);
          waiting.delete(take);
          resolve(report as Wanted);
        };
        waiting.add(take);
      });
    },
    close: () => {
      peer?.destroy();
      server.close();
    },
  };
}

import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../tools/native/build.ts';
import type { Where } from '../../tools/rig/companion-process.ts';
import { Log, logLines } from '../../tools/rig/log.ts';
import { startWindowsNode } from '../../tools/rig/wine.ts';
import type { PeerReport, PeerRequest } from './peer-messages.ts';

type Report<Event extends PeerReport['event']> = Extract<PeerReport, { event: Event }>;

/** How long the peer may take to be there, and to answer, in ms. */
const READY_MS = 30_000;
const ANSWER_MS = 10_000;

/** The process that plays the companion. */
export class Peer {
  readonly log = new Log<PeerReport>();
  readonly stop: () => void;
  readonly #control: Socket;

  private constructor(control: Socket, stop: () => void) {
    this.#control = control;
    this.stop = stop;
    logLines(control, this.log);
  }

  /** Starts it and waits until it listens. @param folder for its log and, natively, its socket */
  static async start(where: Where, folder: string, socket: string): Promise<Peer> {
    const script = join(root, 'out/bench/driver-peer.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'peer.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'esm',
      external: ['koffi'],
      logLevel: 'warning',
    });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const child =
      where === 'native'
        ? spawn(process.execPath, [script, port, socket], { stdio: ['ignore', 'inherit', 'inherit'] })
        : startWindowsNode(script, [port], join(folder, 'peer.log'));
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
    });
    ended.catch(() => undefined);
    const stop = (): void => {
      child.kill('SIGKILL');
      server.close();
    };
    try {
      const control = await Promise.race([connected, ended]);
      control.on('error', () => control.destroy());
      control.setNoDelay(true);
      const peer = new Peer(control, stop);
      await Promise.race([peer.report('listening', 0, READY_MS), ended]);
      return peer;
    } catch (error) {
      stop();
      throw error;
    }
  }

  send(request: PeerRequest): void {
    this.#control.write(`${JSON.stringify(request)}\n`);
  }

  /** The first report of a kind from an entry on. */
  report<Event extends PeerReport['event']>(
    event: Event,
    from: number,
    ms = ANSWER_MS,
  ): Promise<Report<Event>> {
    const wanted = (entry: PeerReport): boolean => entry.event === event;
    return this.log.wait(`the peer's ${event}`, wanted, ms, from) as Promise<Report<Event>>;
  }

  /** Sends a request and waits for the report it leads to. */
  ask<Event extends PeerReport['event']>(request: PeerRequest, event: Event): Promise<Report<Event>> {
    const from = this.log.entries.length;
    this.send(request);
    return this.report(event, from);
  }
}

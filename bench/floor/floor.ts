import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Where } from '../../tools/rig/companion-process.ts';
import { startWindowsNode, wineEnvironment } from '../../tools/rig/wine.ts';
import type { Rounds } from '../rounds.ts';
import { buildFloor, type FloorPrograms } from './build.ts';
import { timeEchoes } from './echoes.ts';
import { Listeners } from './listeners.ts';

const run = promisify(execFile);

/** What the hops of a call take when nothing is done on the way: µs one way, half of each round trip. */
export type FloorTimes = {
  readonly tcp: readonly number[];
  /** As `tcp`, with the encryption that a session with the PBX has. */
  readonly tls: readonly number[];
  readonly pipe: readonly number[];
};

/** Bytes of what goes over the socket and over the pipe. */
export type Sizes = { readonly stanza: number; readonly frame: number };

/** How long the peer may take to be there, in ms: Wine's first program starts slowly. */
const PEER_MS = 30_000;

/** The hops of a call and nothing else: this process for the PBX, a Node like the companion's, a C program. */
export class Floor {
  readonly #where: Where;
  readonly #client: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tapline-floor-'));
  readonly #listeners = new Listeners();
  readonly #pipe: string;
  #peer: ChildProcess | undefined;
  #tcp: Socket | undefined;
  #tls: Socket | undefined;

  private constructor(where: Where, { client }: FloorPrograms) {
    this.#where = where;
    this.#client = client;
    const name = `Tapline.Bench.${process.pid}`;
    this.#pipe = where === 'wine' ? `\\\\.\\pipe\\${name}` : join(this.#folder, 'floor.sock');
  }

  /** Builds what it needs and starts the peer. Under Wine, Wine must have been started. */
  static async start(where: Where): Promise<Floor> {
    const programs = await buildFloor(where);
    const floor = new Floor(where, programs);
    await floor.#start(programs.peer).catch((error: unknown) => {
      floor.stop();
      throw error;
    });
    return floor;
  }

  async measure(sizes: Sizes, rounds: Rounds): Promise<FloorTimes> {
    if (!this.#tcp || !this.#tls) throw new Error('the peer is not there');
    return {
      tcp: await timeEchoes(this.#tcp, sizes.stanza, rounds),
      tls: await timeEchoes(this.#tls, sizes.stanza, rounds),
      pipe: await this.#pipeEchoes(sizes.frame, rounds),
    };
  }

  /** Ends the peer and leaves nothing behind. */
  stop(): void {
    this.#peer?.kill('SIGKILL');
    this.#listeners.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(script: string): Promise<void> {
    const log = join(this.#folder, 'peer.log');
    const { ports, connected } = await this.#listeners.open();
    const args = [...ports.map(String), this.#pipe];
    const peer =
      this.#where === 'wine'
        ? startWindowsNode(script, args, log)
        : spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
    this.#peer = peer;
    const early = once(peer, 'exit').then(() => {
      throw new Error(`the peer ended early. ${this.#where === 'wine' ? readFileSync(log, 'utf8') : ''}`);
    });
    early.catch(() => undefined);
    const late = pause(PEER_MS, undefined, { ref: false }).then(() => {
      throw new Error(`the peer did not connect within ${PEER_MS} ms`);
    });
    late.catch(() => undefined);
    [this.#tcp, this.#tls] = await Promise.race([connected, early, late]);
  }

  async #pipeEchoes(bytes: number, { count, warmUp, pauseMs }: Rounds): Promise<number[]> {
    const args = [this.#pipe, bytes, count + warmUp, pauseMs].map(String);
    const { stdout } =
      this.#where === 'wine'
        ? await run('wine', [this.#client, ...args], { env: wineEnvironment })
        : await run(this.#client, args);
    const roundTrips = stdout.trim().split(/\s+/).map(Number);
    return roundTrips.slice(warmUp).map((ns) => ns / 1_000 / 2);
  }
}

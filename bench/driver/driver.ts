import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Where } from '../../tools/rig/companion-process.ts';
import { HostProcess } from '../../tools/rig/host-process.ts';
import { buildFolder } from '../../tools/rig/rig.ts';
import { startWine } from '../../tools/rig/wine.ts';
import { compareClocks, wallClock } from '../clock.ts';
import { Floor } from '../floor/floor.ts';
import { callFrameBytes } from '../frame-size.ts';
import { type Summary, summarise } from '../percentiles.ts';
import type { Rounds } from '../rounds.ts';
import { Peer } from './peer-process.ts';

/** What the driver takes by itself, beside the same pipe with nothing on either side; times in µs. */
export type DriverFigures = {
  /** From the companion's write of a frame to TAPI's callback. */
  readonly event: Summary;
  /** One way of an echo over a pipe, with frames of that size. */
  readonly pipe: Summary;
  /** From the call of TSPI_lineMakeCall to the frame in the companion. */
  readonly makeCall: Summary;
  /** Events told to TAPI in a second, the host writing a line for each. */
  readonly eventsPerSecond: number;
  readonly question: { readonly p50: number; readonly p99: number };
};

const OFFERING = 0x2;
const CONNECTED = 0x100;
const DISCONNECTED = 0x4000;
const IDLE = 0x1;

const TURNS = 4;
const ROUNDS: Rounds = { count: 80, warmUp: 20, pauseMs: 3 };
const MADE: Rounds = { count: 200, warmUp: 50, pauseMs: 3 };
const FLOOD = 50_000;
const FLOOD_MS = 60_000;
const QUESTIONS = 100_000;
const STEP_MS = 10_000;
/** Stanzas are not in it; the floor's own echo of them is short. */
const NO_STANZA = 16;

class Scene {
  readonly peer: Peer;
  readonly host: HostProcess;
  #call = 0;
  #request = 0;

  constructor(peer: Peer, host: HostProcess) {
    this.peer = peer;
    this.host = host;
  }

  /** A number no call and no request had. */
  next(what: 'call' | 'request'): number {
    return what === 'call' ? ++this.#call : ++this.#request;
  }

  async tell(call: number, state: number, name: string): Promise<number> {
    const from = this.host.log.entries.length;
    const [{ atUs }, { unixUs }] = await Promise.all([
      this.peer.ask({ op: 'state', call, state }, 'wrote'),
      this.host.state(name, from, STEP_MS),
    ]);
    return unixUs - atUs;
  }

  async end(call: number): Promise<void> {
    await this.tell(call, DISCONNECTED, 'DISCONNECTED');
    await this.tell(call, IDLE, 'IDLE');
    await this.host.command('closecall last');
  }
}

async function timeEvents(scene: Scene, { count, warmUp, pauseMs }: Rounds): Promise<number[]> {
  const times: number[] = [];
  for (let round = -warmUp; round < count; round += 1) {
    const call = scene.next('call');
    // A new call has two callbacks, and the first wakes this program: what is timed is a state of a call that is there.
    await scene.tell(call, OFFERING, 'OFFERING');
    await pause(pauseMs);
    const took = await scene.tell(call, CONNECTED, 'CONNECTED');
    await scene.end(call);
    await pause(pauseMs);
    if (round >= 0) times.push(took);
  }
  return times;
}

async function timeMadeCalls(scene: Scene, { count, warmUp, pauseMs }: Rounds): Promise<number[]> {
  const times: number[] = [];
  for (let round = -warmUp; round < count; round += 1) {
    await pause(pauseMs);
    const request = scene.next('request');
    const [from, reported] = [scene.host.log.entries.length, scene.peer.log.entries.length];
    const answer = scene.host.command(`makecall ${request} 832`);
    const { atUs, call } = await scene.peer.report('makeCall', reported);
    const { unixUs, tookUs } = await answer;
    const completed = (line: { readonly [field: string]: unknown }): boolean => line['request'] === request;
    await scene.host.log.wait(
      'the completion',
      (line) => line.kind === 'completion' && completed(line),
      STEP_MS,
      from,
    );
    await scene.end(call);
    if (round >= 0) times.push(atUs - (unixUs - Number(tookUs)));
  }
  return times;
}

async function rateEvents(scene: Scene): Promise<number> {
  const { host, peer } = scene;
  const call = scene.next('call');
  await scene.tell(call, CONNECTED, 'CONNECTED');
  const from = host.log.entries.length;
  peer.send({ op: 'flood', call, count: FLOOD });
  let seen = 0;
  let first = 0;
  const last = await host.log.wait(
    'the end of the flood',
    (line) => {
      if (line['message'] !== 'LINE_CALLINFO') return false;
      if (seen === 0) first = line.us;
      seen += 1;
      return seen === FLOOD;
    },
    FLOOD_MS,
    from,
  );
  await scene.end(call);
  return ((FLOOD - 1) * 1e6) / (last.us - first);
}

async function timeQuestions(scene: Scene): Promise<{ p50: number; p99: number }> {
  const call = scene.next('call');
  await scene.tell(call, OFFERING, 'OFFERING');
  const { refused, p50, p99 } = await scene.host.command(`questions ${QUESTIONS}`);
  await scene.end(call);
  if (refused !== 0) throw new Error(`the DLL refused ${String(refused)} of ${QUESTIONS} questions`);
  return { p50: Number(p50), p99: Number(p99) };
}

async function checkClocks({ peer, host }: Scene): Promise<void> {
  const now = wallClock();
  const askHost = async (): Promise<number> => (await host.command('refuse off')).unixUs;
  const askPeer = async (): Promise<number> => (await peer.ask({ op: 'clock' }, 'clock')).atUs;
  await compareClocks({ whose: 'the host’s', ask: askHost }, now);
  await compareClocks({ whose: 'the peer’s', ask: askPeer }, now);
}

/** Measures the driver natively or under Wine. The DLL and its host must have been built. */
export async function measureDriver(where: 'native' | 'wine'): Promise<DriverFigures> {
  if (where === 'wine') startWine();
  const folder = mkdtempSync(join(tmpdir(), 'tapline-driver-'));
  const socket = join(folder, 'companion.sock');
  const peer = await Peer.start(where, folder, socket);
  let host: HostProcess | undefined;
  let floor: Floor | undefined;
  try {
    host = await startHost(where, socket);
    const scene = new Scene(peer, host);
    floor = await Floor.start(where);
    await checkClocks(scene);
    const events: number[] = [];
    const pipes: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      events.push(...(await timeEvents(scene, ROUNDS)));
      pipes.push(...(await floor.measure({ stanza: NO_STANZA, frame: callFrameBytes }, ROUNDS)).pipe);
    }
    return {
      event: summarise(events),
      pipe: summarise(pipes),
      makeCall: summarise(await timeMadeCalls(scene, MADE)),
      question: await timeQuestions(scene),
      eventsPerSecond: await rateEvents(scene),
    };
  } finally {
    floor?.stop();
    const code = await host?.quit();
    if (code !== 0) console.error(`The test host ended with ${code}: the DLL broke a rule.`);
    peer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startHost(where: Where, socket: string): Promise<HostProcess> {
  const host = new HostProcess({ where, socket, build: buildFolder(where) });
  await host.log.wait('LINE_CREATE', (line) => line.kind === 'lineCreate', STEP_MS);
  await host.command('open first');
  return host;
}

import type { SimulatedUser } from '../../simulator/simulator.ts';
import { percentile } from '../percentiles.ts';
import type { Run } from '../runs.ts';
import {
  accountAt,
  flood,
  newCertificate,
  type Server,
  startParser,
  startServer,
  startStock,
  startTapline,
  type TaplineProcess,
  USERS,
} from './parts.ts';

/** Of several runs that took turns with those of others: that of the run in the middle. */
export type Rate = {
  /** Events a second. */
  readonly perSecond: number;
  /** Processor time of the whole process per event, µs. */
  readonly processorUs: number;
};

export type EventFigures = {
  /** @xmpp/xml on the same bytes, which are in memory. */
  readonly parser: Rate;
  /** The library's client(), which only receives. */
  readonly stock: Rate;
  /** The companion, from its socket to the published call. */
  readonly tapline: Rate;
  /** The same with a shim connected, to the frame for it. */
  readonly withShim: Rate;
  /** The first two again at a server that does not encrypt. */
  readonly stockPlain: Rate;
  readonly taplinePlain: Rate;
  /** The heap of the companion with a shim. */
  readonly heap: HeapGrowth;
};

export type HeapGrowth = {
  /** Between the two looks at it. */
  readonly events: number;
  /** Calls of these events and of those before. */
  readonly calls: number;
  /** Bytes in use after a collection. */
  readonly before: number;
  readonly after: number;
};

/** Before the first turn: by then everything is compiled, and the trace has its full length. */
const WARM_UP = 20_000;
const TURNS = 5;
const PER_TURN = 30_000;

type Runner = Exclude<keyof EventFigures, 'heap'>;

/** @param events that the companion with a shim gets in all after the warm-up; at least those of its turns */
export async function measureEvents(events: number): Promise<EventFigures> {
  const certificate = newCertificate();
  const { fingerprint } = certificate;
  const ends: (() => Promise<void>)[] = [];
  const started = <Part extends { kill(): Promise<void> }>(part: Part): Part => {
    ends.push(() => part.kill());
    return part;
  };
  try {
    const server = await startServer(certificate);
    started(server.process);
    const plain = await startServer(certificate, false);
    started(plain.process);
    const parser = started(startParser());
    const tapline = started(startTapline());
    const withShim = started(startTapline());
    const taplinePlain = started(startTapline());
    const stock = started(startStock());
    const stockPlain = started(startStock());
    await tapline.ask('connect', accountAt(server.port, USERS.tapline, fingerprint));
    await withShim.ask('connect', accountAt(server.port, USERS.withShim, fingerprint), true);
    await taplinePlain.ask('connect', accountAt(plain.port, USERS.tapline, undefined));
    await stock.ask('connect', accountAt(server.port, USERS.stock, fingerprint));
    await stockPlain.ask('connect', accountAt(plain.port, USERS.stock, undefined));

    const runners: Readonly<Record<Runner, (count: number) => Promise<Run>>> = {
      parser: (count) => parser.ask('parse', count),
      stock: (count) => flood(server, stock, USERS.stock, count),
      tapline: (count) => floodTapline(server, tapline, USERS.tapline, count),
      withShim: (count) => floodTapline(server, withShim, USERS.withShim, count),
      stockPlain: (count) => flood(plain, stockPlain, USERS.stock, count),
      taplinePlain: (count) => floodTapline(plain, taplinePlain, USERS.tapline, count),
    };
    const names = Object.keys(runners) as Runner[];
    for (const name of names) await runners[name](WARM_UP);
    const before = await withShim.ask('heap');
    const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Runner, Run[]>;
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const name of names) runs[name].push(await runners[name](PER_TURN));
    const rest = Math.max(1, events - TURNS * PER_TURN);
    const { calls } = await floodTapline(server, withShim, USERS.withShim, rest);
    const heap = {
      events: TURNS * PER_TURN + rest,
      calls,
      before,
      after: await withShim.ask('heap'),
    };
    const rates = Object.fromEntries(names.map((name) => [name, middle(runs[name])]));
    return { ...(rates as Record<Runner, Rate>), heap };
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
}

/** The calls that are published must be those that the PBX has, or the rate is one of something else. */
async function floodTapline(
  server: Server,
  tapline: TaplineProcess,
  user: SimulatedUser,
  events: number,
): Promise<Run & { readonly calls: number }> {
  const run = await flood(server, tapline, user, events);
  const published = await tapline.ask('calls');
  if (published !== run.alive) throw new Error(`${run.alive} calls are alive, and ${published} published`);
  return run;
}

function middle(runs: readonly Run[]): Rate {
  const of = (value: (run: Run) => number): number =>
    percentile(
      runs.map(value).toSorted((one, other) => one - other),
      50,
    );
  return {
    perSecond: of(({ events, seconds }) => events / seconds),
    processorUs: of(({ events, processor }) => (processor / events) * 1e6),
  };
}

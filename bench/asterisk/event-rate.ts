import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from '../percentiles.ts';
import type { Run } from '../runs.ts';
import { Process } from '../xmpp/process.ts';
import type { Contender, ContenderOrders } from './contender.ts';
import { EVERYTHING, type Recording, USER_EVENTS } from './recorded-calls.ts';
import type { ServerOrders } from './server.ts';

/** Of several runs that took turns with those of others: that of the run in the middle. */
export type Rate = {
  /** Events of Asterisk a second. */
  readonly perSecond: number;
  /** Processor time of the whole process per event, µs. */
  readonly processorUs: number;
  /** What the heap has grown by over all turns, in bytes in use. */
  readonly heapGrowth: number;
};

export type Rates = Readonly<Partial<Record<Contender, Rate>>>;

export type AmiFigures = {
  readonly userEvents: Rates;
  readonly everything: Rates;
  /** Events that each contender got in all turns. */
  readonly events: number;
};

export const PEERS = ['asterisk-manager', 'asterisk-ami-client'] as const;
export const CONTENDERS: readonly Contender[] = ['session', 'tapline', ...PEERS];

const TURNS = 5;
/** By then everything is compiled. */
const WARM_UP_EVENTS = 40_000;
const EVENTS_PER_TURN = 100_000;

/** @throws when the peers are not there, with what to do */
export async function measureAmiEvents(): Promise<AmiFigures> {
  const peers = join(import.meta.dirname, 'peers');
  if (!existsSync(join(peers, 'node_modules')))
    throw new Error(`its peers are missing (npm ci --prefix ${join('bench', 'asterisk', 'peers')})`);
  return {
    userEvents: await ratesOf(USER_EVENTS),
    everything: await ratesOf(EVERYTHING),
    events: TURNS * EVENTS_PER_TURN,
  };
}

async function ratesOf(recording: Recording): Promise<Rates> {
  const parties: Party[] = [];
  try {
    for (const contender of CONTENDERS) parties.push(await startParty(contender, recording));
    for (const party of parties) await turn(party, WARM_UP_EVENTS);
    const before = await Promise.all(parties.map(({ process }) => process.ask('heap')));
    const runs = parties.map(() => [] as Run[]);
    for (let time = 0; time < TURNS; time += 1)
      for (const [at, party] of parties.entries()) runs[at]?.push(await turn(party, EVENTS_PER_TURN));
    const after = await Promise.all(parties.map(({ process }) => process.ask('heap')));
    return Object.fromEntries(
      parties.map(({ contender, eventsOfACall, counted }, at) => {
        /** What each one that is counted stands for. */
        const each = eventsOfACall / counted;
        const middle = (value: (run: Run) => number) =>
          percentile(
            (runs[at] ?? []).map(value).toSorted((one, other) => one - other),
            50,
          );
        return [
          contender,
          {
            perSecond: middle(({ events, seconds }) => (events * each) / seconds),
            processorUs: middle(({ events, processor }) => (processor / (events * each)) * 1e6),
            heapGrowth: (after[at] ?? 0) - (before[at] ?? 0),
          },
        ];
      }),
    );
  } finally {
    await Promise.all(parties.flatMap(({ process, server }) => [process.kill(), server.kill()]));
  }
}

/** One contender and the server it is connected to. */
type Party = {
  readonly contender: Contender;
  readonly process: Process<ContenderOrders>;
  readonly server: Process<ServerOrders>;
  readonly eventsOfACall: number;
  /** What it counts of one call. */
  readonly counted: number;
};

async function startParty(contender: Contender, recording: Recording): Promise<Party> {
  const server = Process.start<ServerOrders>(join(import.meta.dirname, 'server.ts'));
  const process = Process.start<ContenderOrders>(join(import.meta.dirname, 'contender.ts'), [contender]);
  const port = await server.ask('start', recording);
  const eventsOfACall = await server.ask('eventsOfACall');
  await process.ask('connect', port, recording);
  const counted = contender === 'tapline' ? recording.lines.length : eventsOfACall;
  return { contender, process, server, eventsOfACall, counted };
}

const callsIn = (events: number, eventsOfACall: number) => Math.round(events / eventsOfACall);

/** As many whole calls as have about so many events. What Tapline publishes must be all of them, and all ended. */
async function turn(
  { contender, process, server, eventsOfACall, counted }: Party,
  events: number,
): Promise<Run> {
  const calls = callsIn(events, eventsOfACall);
  await process.ask('expect', calls * counted);
  const [run] = await Promise.all([process.ask('finished'), server.ask('calls', calls)]);
  const alive = contender === 'tapline' ? await process.ask('calls') : 0;
  if (alive > 0) throw new Error(`${alive} calls have not ended`);
  return run;
}

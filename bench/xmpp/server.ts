/** The embedded PBX in a process of its own: what it costs is not counted as a client's. */
import type { Certificate } from '../../simulator/mobydick/certificate.ts';
import { type SimulatedUser, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { wallClock } from '../clock.ts';
import { ChannelEvents, inPieces } from './channel-events.ts';
import { serve } from './process.ts';

/** How a server is started. */
export type ServerStart = {
  readonly users: readonly SimulatedUser[];
  readonly certificate: Certificate;
  /** Whether it encrypts; a server that does not is there to see what encryption costs. */
  readonly encrypted: boolean;
  /** 0 takes a free port. */
  readonly port: number;
};

export type Listening = {
  readonly port: number;
  /** When it listened, ms since 1970. */
  readonly at: number;
};

/** Events that are written before some of them are taken: the socket never runs dry, and memory does not grow. */
const AHEAD = 4_000;
/** Events that are made at once. */
const SLICE = 500;

let pbx: Simulator | undefined;
const streams = new Map<string, ChannelEvents>();
/** Events that the one who receives them has taken, of those of this order. */
let taken = 0;
/** Resolved when that becomes more. */
let more = Promise.withResolvers<void>();

const orders = {
  start: async ({ users, certificate, encrypted, port }: ServerStart): Promise<Listening> => {
    const now = wallClock();
    const xmpp = encrypted ? {} : ({ startTls: 'absent' } as const);
    pbx = await startSimulator({ users, certificate, port, xmpp });
    return { port: pbx.port, at: now() / 1_000 };
  },

  /** Tells a user so many events as fast as they are taken. @returns the user's calls so far, and those not ended */
  events: async (user: SimulatedUser, count: number): Promise<{ calls: number; alive: number }> => {
    const session = pbx?.sessions().find((one) => one.user === user.name);
    if (!pbx || !session) throw new Error(`${user.name} is not signed in`);
    const { extension, fullName, device } = user;
    const receiver = { extension, fullName, device, domain: pbx.domain, address: session.fullJid };
    const events = streams.get(user.name) ?? new ChannelEvents(receiver);
    streams.set(user.name, events);
    taken = 0;
    for (let written = 0; written < count; ) {
      while (written - taken >= AHEAD) await more.promise;
      const slice = Math.min(SLICE, count - written);
      pbx.faults.say(user.name, ...inPieces(events.take(slice)));
      written += slice;
    }
    return { calls: events.calls, alive: events.alive };
  },

  /** Whoever receives events has taken so many of those of the order. */
  taken: (count: number): void => {
    taken = count;
    more.resolve();
    more = Promise.withResolvers();
  },
};

export type ServerOrders = typeof orders;

serve(orders);

/** One simulator, one stock client and one adapter of ours, in turn, and the end of all three. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import type { MobydickAccount } from '../../app/pbx/mobydick/account.ts';
import {
  type SimulatedUser,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/simulator.ts';
import { ANNA, adapterFor, BEN, type Server, type Told } from '../mobydick/signed-in.ts';
import { type Stock, soon, stockClient } from './stock.ts';

let ends: (() => unknown)[] = [];

/** Call once in a test file. Every client trusts every certificate, unless a test says otherwise. */
export function withRig(): void {
  beforeEach(() => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });
  afterEach(async () => {
    for (const end of ends.reverse()) await end();
    ends = [];
    vi.unstubAllEnvs();
  });
}

/** For the stock client, which takes up to a second for SCRAM with as many rounds as servers ask for. */
export const QUICK = { xmpp: { scramIterations: 1 } } as const;

/** Called at the end of the test, the last one first. */
export const atEnd = (end: () => unknown) => ends.push(end);

export async function pbx(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ users: [ANNA, BEN], ...options });
  atEnd(() => simulator.close());
  return simulator;
}

/** A stock client that has begun to sign in. */
export function stock(
  simulator: Simulator,
  user: SimulatedUser = ANNA,
  options: Parameters<typeof stockClient>[2] = {},
): Stock {
  const made = stockClient(simulator, user, options);
  atEnd(made.end);
  made.xmpp.start().catch(() => undefined);
  return made;
}

/** A stock client that is online. */
export async function stockOnline(...parameters: Parameters<typeof stock>): Promise<Stock> {
  const made = stock(...parameters);
  if (!(await soon(() => made.arrivals() > 0))) throw new Error(`not online: ${made.errors.join()}`);
  return made;
}

/** Our adapter, which has begun to sign in. */
export function ours(
  simulator: Server,
  user: SimulatedUser = ANNA,
  account: Partial<MobydickAccount> = {},
  deadlines: Partial<Deadlines> = {},
): Told {
  const told = adapterFor(simulator, user, account, deadlines);
  atEnd(() => told.pbx.stop());
  told.pbx.start();
  return told;
}

export async function oursOnline(...parameters: Parameters<typeof ours>): Promise<Told> {
  const told = ours(...parameters);
  await told.untilState('online');
  return told;
}

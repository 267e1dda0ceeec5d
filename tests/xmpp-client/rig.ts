/** A stock client beside what the tests of our adapter open, and the end of all. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { SimulatedUser, Simulator } from '../../simulator/simulator.ts';
import { atEnd, endingAll } from '../mobydick/rig.ts';
import { ANNA } from '../mobydick/signed-in.ts';
import { type Stock, soon, stockClient } from './stock.ts';

export { atEnd, online as oursOnline, pbx, starting as ours } from '../mobydick/rig.ts';

/** Call once in a test file. Every client trusts every certificate, unless a test says otherwise. */
export function withRig(): void {
  beforeEach(() => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  // Hooks after a test run in reverse: what it opened ends while certificates are still trusted.
  endingAll();
}

/** For the stock client, which takes up to a second for SCRAM with as many rounds as servers ask for. */
export const QUICK = { xmpp: { scramIterations: 1 } } as const;

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

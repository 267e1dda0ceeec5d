/** The library's client as it comes, at the simulator. */
import { client, type StockClient } from '@xmpp/client/index.js';
import xml, { type Element } from '@xmpp/xml/index.js';
import type { Simulator } from '../../simulator/simulator.ts';

/** Instead of a second, so that tests need not wait. Milliseconds. */
const RECONNECT_DELAY = 30;
/** A client that gets somewhere at all is there after this time, also on a slow machine. Milliseconds. */
const PATIENCE = 15_000;

export interface Stock {
  readonly xmpp: StockClient;
  /** Errors it told, in their order; not that a step takes long, which on a slow machine is true and harmless. */
  readonly errors: readonly Error[];
  /** Times it was online or took its session up again. */
  readonly arrivals: () => number;
  /** Times it lost its connection. */
  readonly losses: () => number;
  /** Stops for good, whatever state it is in. */
  readonly end: () => void;
}

/**
 * A stock client that is not started. It trusts any certificate through the one means there is: the environment
 * variable NODE_TLS_REJECT_UNAUTHORIZED, which the test sets.
 */
export function stockClient(
  simulator: Simulator,
  { name, password }: { readonly name: string; readonly password: string },
  options: { readonly port?: number; readonly resource?: string; readonly more?: object } = {},
): Stock {
  const { port = simulator.port, resource = 'stock', more = {} } = options;
  const xmpp = client({
    service: `xmpp://127.0.0.1:${port}`,
    domain: simulator.domain,
    username: name.toLowerCase(),
    password,
    resource,
    ...more,
  });
  xmpp.reconnect.delay = RECONNECT_DELAY;
  const errors: Error[] = [];
  let arrivals = 0;
  let losses = 0;
  const arrived = () => {
    arrivals += 1;
  };
  xmpp.on('error', (error: Error) => {
    if (error.name !== 'TimeoutError') errors.push(error);
  });
  xmpp.on('online', arrived);
  xmpp.streamManagement.on('resumed', arrived);
  xmpp.on('disconnect', () => {
    losses += 1;
  });
  return {
    xmpp,
    errors,
    arrivals: () => arrivals,
    losses: () => losses,
    end: () => {
      xmpp.removeAllListeners('disconnect');
      xmpp.on('error', () => undefined);
      xmpp.stop().catch(() => undefined);
    },
  };
}

/** Waits until something holds. @returns whether it does, after PATIENCE at the latest */
export async function soon(holds: () => boolean, patience = PATIENCE): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (!holds()) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return true;
}

export const command = (module: string, body: Element): Element =>
  xml('cmd', { xmlns: 'http://www.pascom.net/mobydick', module }, body);

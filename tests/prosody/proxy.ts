/** What lies between a client and a server, and fails on demand. */
import { connect, createServer, type Socket } from 'node:net';

export type Direction = 'toServer' | 'toClient';

export type FaultProxy = {
  readonly port: number;
  /** Connections since the beginning. */
  readonly connections: () => number;
  /**
   * Lets each connection pass this many chunks in that direction, counted from its beginning, and swallows
   * what comes after them. The connections stand: neither end is told. A chunk is what one read of the socket
   * gave.
   */
  readonly swallow: (direction: Direction, after?: number) => void;
  /** New connections work again. One that has lost something stays dead: its bytes are gone. */
  readonly heal: () => void;
  /** Resets all connections, at both ends. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

type Pair = { readonly client: Socket; readonly server: Socket };

export async function startProxy(target: { readonly port: number }): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  const limit: Record<Direction, number> = { toServer: Infinity, toClient: Infinity };
  let connections = 0;

  const forward = (from: Socket, to: Socket, direction: Direction) => {
    let passed = 0;
    let dead = false;
    from.on('data', (chunk) => {
      dead ||= passed >= limit[direction];
      if (dead) return;
      passed += 1;
      to.write(chunk);
    });
    from.on('error', () => {});
    // A connection that swallows tells nobody that an end has gone.
    from.on('end', () => dead || limit[direction] === 0 || to.end());
    from.on('close', () => dead || limit[direction] === 0 || to.destroy());
  };

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    const server = connect({ port: target.port, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { client, server };
    pairs.add(pair);
    for (const socket of [client, server]) socket.setNoDelay(true);
    forward(client, server, 'toServer');
    forward(server, client, 'toClient');
  });
  const drop = () => {
    for (const { client, server } of pairs) for (const socket of [client, server]) socket.resetAndDestroy();
    pairs.clear();
  };

  const port = await new Promise<number>((resolve, reject) => {
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    port,
    connections: () => connections,
    swallow: (direction, after = 0) => {
      limit[direction] = after;
    },
    heal: () => {
      limit.toServer = Infinity;
      limit.toClient = Infinity;
    },
    cut: drop,
    close: () =>
      new Promise((resolve) => {
        drop();
        listener.close(() => resolve());
      }),
  };
}

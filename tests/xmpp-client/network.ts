/** A network between client and server that can lose every packet and still keep the connections. */
import { connect, createServer, type Socket } from 'node:net';

export interface LossyNetwork {
  readonly port: number;
  /** From now on nothing goes through on the connections of this moment; new ones are well. */
  readonly stall: () => void;
  /** Closes the stalled connections, as a network does that has given up. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
}

export async function startNetwork(target: number): Promise<LossyNetwork> {
  const living = new Set<Socket>();
  let stalled: readonly Socket[] = [];
  // Half open: what one side has ended is told to the other, and not while the packets are lost.
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    const forward = (from: Socket, to: Socket) => {
      living.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => from.destroy());
      from.on('close', () => {
        living.delete(from);
        to.destroy();
      });
    };
    forward(near, far);
    forward(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stall: () => {
      stalled = [...living];
      for (const socket of stalled) socket.pause();
    },
    drop: () => {
      for (const socket of stalled) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of living) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

import { chmod, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import type { Endpoint } from './endpoint.ts';

/**
 * An endpoint at a Unix socket that only its owner can open. A file that a crashed companion left behind is taken
 * over; one that somebody listens on is not.
 */
export function unixEndpoint(path: string): Endpoint {
  let server: Server | undefined;
  return {
    name: path,
    async listen(onConnection) {
      if (await answers(path)) throw new Error(`another companion listens on ${path}`);
      await unlink(path).catch(() => undefined);
      const created = createServer((stream) => onConnection({ stream, peer: 'unix socket' }));
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject);
        created.listen(path, resolve);
      });
      await chmod(path, 0o600);
      server = created;
    },
    async close() {
      const closing = server;
      server = undefined;
      if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
    },
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

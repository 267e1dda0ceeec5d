import { chmod, lstat, unlink } from 'node:fs/promises';
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
    async listen(onConnection, onFailure) {
      if (await answers(path)) throw new Error(`another companion listens on ${path}`);
      await removeStale(path);
      const created = createServer((stream) => onConnection({ stream, peer: 'unix socket' }));
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject);
        created.listen(path, resolve);
      });
      created.on('error', onFailure);
      await chmod(path, 0o600);
      server = created;
    },
    async close() {
      // It stops listening at once; its callback would wait for the connections, which are not ours to close.
      server?.close();
      server = undefined;
    },
  };
}

/** Removes the socket of a companion that is gone. What is no socket is somebody's file and stays. */
async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} is no socket: choose another path for the link`);
  await unlink(path);
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

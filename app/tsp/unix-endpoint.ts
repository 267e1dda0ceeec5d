import { lstat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import type { Endpoint } from './endpoint.ts';

/** Everything but reading and writing by the owner: 0600 remains. */
const OWNER_ONLY = 0o177;

/**
 * An endpoint at a Unix socket that only its owner can open. A file that a crashed companion left behind is taken
 * over; one that somebody listens on, or that is somebody else's, is not. The shim in turn asks the system which user
 * serves the socket (native-shim/port/posix-link.c).
 */
export function unixEndpoint(path: string): Endpoint {
  let server: Server | undefined;
  return {
    name: path,
    async listen({ connected, failed }) {
      if (await answers(path)) throw new Error(`another companion listens on ${path}`);
      await removeStale(path);
      const created = createServer((stream) => connected({ stream, peer: 'unix socket' }));
      await new Promise<void>((resolve, reject) => {
        created.once('error', reject);
        withOwnerOnly(() => created.listen(path, resolve));
      });
      created.on('error', failed);
      server = created;
    },
    async close() {
      // It stops listening at once; its callback would wait for the connections, which are not ours to close.
      server?.close();
      server = undefined;
    },
  };
}

/** The socket is made within `listen`, so nobody else can open it at any moment: a chmod would come a moment late. */
function withOwnerOnly(listen: () => void): void {
  const before = process.umask(OWNER_ONLY);
  try {
    listen();
  } finally {
    process.umask(before);
  }
}

/** Removes the socket of a companion that is gone. What is no socket, or another user's, is his and stays. */
async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} is no socket: choose another path for the link`);
  if (found.uid !== process.getuid?.())
    throw new Error(`${path} belongs to another user: choose another path for the link`);
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

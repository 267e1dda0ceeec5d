import type { Endpoint } from '../app/tsp/endpoint.ts';
import { unixEndpoint } from '../app/tsp/unix-endpoint.ts';
import type { RunOptions } from './arguments.ts';

/** The shim's endpoint on this system, if TAPI programs are to be served. */
export async function openEndpoint({ serveShim, socket }: RunOptions): Promise<Endpoint | undefined> {
  if (!serveShim) return undefined;
  if (process.platform !== 'win32') return socket === undefined ? undefined : unixEndpoint(socket);
  // Loaded here alone: its system calls exist on Windows only.
  const { windowsEndpoint } = await import('../app/tsp/windows-endpoint.ts');
  return windowsEndpoint();
}

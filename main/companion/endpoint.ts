import type { Endpoint } from '../../app/tsp/endpoint.ts';
import { unixEndpoint } from '../../app/tsp/unix-endpoint.ts';

/** Names the Unix socket where TAPI's side is tried out on systems without TAPI. */
export const SOCKET_VARIABLE = 'TAPLINE_SOCKET';

/** Where shims connect to on this system. Undefined: nowhere. Rejects when Windows refuses what the pipe needs. */
export async function openEndpoint(
  platform: NodeJS.Platform,
  socket: string | undefined,
): Promise<Endpoint | undefined> {
  if (platform !== 'win32') return socket ? unixEndpoint(socket) : undefined;
  // Loaded here alone: its system calls exist on Windows only.
  const { windowsEndpoint } = await import('../../app/tsp/windows-endpoint.ts');
  return windowsEndpoint();
}

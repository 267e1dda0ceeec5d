import type { NetworkWatch } from './windows-network-changes.ts';

/** What a watch of the network calls. */
export type NetworkListener = {
  /** The machine's addresses have changed: a cable, a Wi-Fi, a VPN came or went. Often several times in a row. */
  readonly changed: () => void;
  /** Told once, in English, for the trace: why changes are not noticed here. */
  readonly failed: (detail: string) => void;
};

const nothing: NetworkWatch = { close: () => undefined };

/**
 * Tells when the network changes: on Windows; elsewhere nothing does, and sessions find out by themselves. Never rejects.
 * The watch does not keep the process alive.
 */
export async function watchNetwork(
  platform: NodeJS.Platform,
  listener: NetworkListener,
): Promise<NetworkWatch> {
  if (platform !== 'win32') return nothing;
  try {
    // Loaded here alone: its system calls exist on Windows only.
    const { addressCalls, watchAddresses } = await import('./windows-network-changes.ts');
    return watchAddresses(addressCalls(), listener);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    listener.failed(`changes of the network are not noticed: ${detail}`);
    return nothing;
  }
}

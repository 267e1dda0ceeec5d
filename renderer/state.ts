import { create } from 'zustand';
import type { Bridge, SliceName, Slices } from '../contract/renderer-api.ts';

const nothing: Slices = {
  // Until the companion has told its own.
  language: navigator.language.startsWith('de') ? 'de' : 'en',
  accounts: [],
  lines: [],
  calls: [],
  offers: [],
  hints: [],
  shim: { connected: 0 },
};

const useSlices = create<Slices>(() => nothing);

/** One slice of the companion's state. A slice that this window does not get stays empty. */
export function useSlice<Name extends SliceName>(name: Name): Slices[Name] {
  return useSlices((slices) => slices[name]);
}

/**
 * Mirrors the companion's state from now on: a snapshot, then patches. Resolves when the snapshot is there.
 * A patch that overtakes the snapshot is newer than it and stays.
 */
export async function mirror(from: Bridge): Promise<void> {
  const patched = new Set<string>();
  from.on('patch', ({ slice, value }) => {
    patched.add(slice);
    useSlices.setState({ [slice]: value });
  });
  const snapshot = await from.invoke('subscribe', {});
  const unpatched = Object.entries(snapshot).filter(([name]) => !patched.has(name));
  useSlices.setState(Object.fromEntries(unpatched));
}

import { useSyncExternalStore } from 'react';

// One timer for everything that counts seconds in this window, and none while nothing counts or nobody looks.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let now = Date.now();

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
  arrange();
}

function arrange(): void {
  clearTimeout(timer);
  const wanted = listeners.size > 0 && document.visibilityState === 'visible';
  timer = wanted ? setTimeout(tick, 1000 - (Date.now() % 1000)) : undefined;
}

function listen(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', tick);
  listeners.add(listener);
  now = Date.now();
  arrange();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', tick);
    arrange();
  };
}

/** ms since 1970, renewed every second while the window is visible. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

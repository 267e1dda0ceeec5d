/** What runs in a page's own world, before any script of the page: it receives what the preload exposes. */
import { openCrossing } from './crossing.ts';

/** Puts the preload's APIs into the window as Electron does: frozen to the depth, never to be replaced. */
export function openMainWorld(key: string): void {
  openCrossing({
    key,
    side: 'page',
    exposed: (name, api) => {
      if (name in globalThis) {
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      }
      Object.defineProperty(globalThis, name, { value: frozen(api), enumerable: true });
    },
  });
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

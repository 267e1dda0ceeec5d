import { contextBridge, ipcRenderer } from 'electron';
import {
  type Bridge,
  CHANNEL,
  type CommandResults,
  type EventName,
  type Events,
  windowKinds,
} from '../contract/renderer-api.ts';

/** All that a page sees of this program: the contract's Bridge, and nothing of Electron or Node. */

type Listener = (event: never) => void;

const PREFIX = '--tapline-window=';
const named = process.argv.findLast((word) => word.startsWith(PREFIX))?.slice(PREFIX.length);
const kind = windowKinds.find((one) => one === named);
if (!kind) throw new Error('The window has no kind.');

const listeners = new Map<EventName, Set<Listener>>();
/** A number to be dialled that came before the page was ready to take it. Other events are news of a state it will ask. */
let waiting: Events['dialRequested'] | undefined;

ipcRenderer.on(CHANNEL.event, (_event, name: EventName, event: unknown) => {
  const heard = listeners.get(name);
  if (name === 'dialRequested' && !heard?.size) waiting = event as Events['dialRequested'];
  for (const listener of heard ?? []) listener(event as never);
});

const bridge: Bridge = Object.freeze({
  kind,
  invoke: (name, args) =>
    ipcRenderer.invoke(CHANNEL.command, name, args) as Promise<CommandResults[typeof name]>,
  on: (name, listener) => {
    const heard = listeners.get(name) ?? new Set();
    listeners.set(name, heard.add(listener as Listener));
    if (name === 'dialRequested' && waiting) {
      const event = waiting as never;
      waiting = undefined;
      queueMicrotask(() => (listener as Listener)(event));
    }
    return () => void heard.delete(listener as Listener);
  },
} satisfies Bridge);

contextBridge.exposeInMainWorld('tapline', bridge);

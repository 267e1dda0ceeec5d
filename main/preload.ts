import { contextBridge, ipcRenderer } from 'electron';
import {
  type Bridge,
  CHANNEL,
  type CommandResults,
  type EventName,
  windowKinds,
} from '../contract/renderer-api.ts';

/** All that a page sees of this program: the contract's Bridge, and nothing of Electron or Node. */

type Listener = (event: never) => void;

const PREFIX = '--tapline-window=';
const named = process.argv.findLast((word) => word.startsWith(PREFIX))?.slice(PREFIX.length);
const kind = windowKinds.find((one) => one === named);
if (!kind) throw new Error('The window has no kind.');

const listeners = new Map<EventName, Set<Listener>>();
/** What a page is asked for may come before it is ready. Other events are news of a state that it will ask for. */
const asked: readonly EventName[] = ['dialRequested', 'signInRequested'];
const waiting = new Map<EventName, unknown>();

ipcRenderer.on(CHANNEL.event, (_event, name: EventName, event: unknown) => {
  const heard = listeners.get(name);
  if (asked.includes(name) && !heard?.size) waiting.set(name, event);
  for (const listener of heard ?? []) listener(event as never);
});

const bridge: Bridge = Object.freeze({
  kind,
  invoke: (name, args) =>
    ipcRenderer.invoke(CHANNEL.command, name, args) as Promise<CommandResults[typeof name]>,
  on: (name, listener) => {
    const heard = listeners.get(name) ?? new Set();
    listeners.set(name, heard.add(listener as Listener));
    if (waiting.has(name)) {
      const event = waiting.get(name) as never;
      waiting.delete(name);
      queueMicrotask(() => (listener as Listener)(event));
    }
    return () => void heard.delete(listener as Listener);
  },
} satisfies Bridge);

contextBridge.exposeInMainWorld('tapline', bridge);

/**
 * What runs in the isolated world of a preload: the `electron` module as a sandboxed preload gets it, and the process
 * and require that go with it.
 */
import type { ContextBridge, IpcRenderer } from 'electron';
import { strict } from '../strict.ts';
import { decode, encode } from '../wire.ts';
import { openCrossing } from './crossing.ts';

type Listener = (event: unknown, ...args: unknown[]) => void;

/** From a page to the main process. */
export type FromPage = { readonly id: number; readonly channel: string; readonly args: readonly unknown[] };

/** From the main process to a page: the answer to an invocation, or an event. */
export type ToPage =
  | { readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly channel: string; readonly args: readonly unknown[] };

export type PreloadOptions = {
  readonly key: string;
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
  /** webPreferences.additionalArguments, which a preload finds in process.argv. */
  readonly argv: readonly string[];
};

/** Name of the function through which this world speaks to the main process; Chromium puts it here. */
export const BINDING = '__electronSend';
/** Name of the function through which the main process speaks to this world. */
export const RECEIVER = '__electronReceive';

/** ipcRenderer over a way to send texts; `receive` takes those that come back. */
export function createIpcRenderer(send: (text: string) => void): {
  readonly ipcRenderer: Pick<IpcRenderer, 'invoke' | 'on' | 'off' | 'removeListener'>;
  readonly receive: (text: string) => void;
} {
  const listeners = new Map<string, readonly Listener[]>();
  const waiting = new Map<number, PromiseWithResolvers<unknown> & { readonly channel: string }>();
  let lastId = 0;
  const heard = (channel: string): readonly Listener[] => listeners.get(channel) ?? [];
  const forget = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      heard(channel).filter((other) => other !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer = strict('ipcRenderer', {
    invoke(channel: string, ...args: unknown[]) {
      const id = ++lastId;
      const text = encode({ id, channel, args } satisfies FromPage);
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, { ...answer, channel });
      send(text);
      return answer.promise;
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...heard(channel), listener]);
      return ipcRenderer;
    },
    off: forget,
    removeListener: forget,
  }) as unknown as Pick<IpcRenderer, 'invoke' | 'on' | 'off' | 'removeListener'>;

  function receive(text: string): void {
    const message = decode(text) as ToPage;
    if ('channel' in message) {
      const event = strict('event', { sender: ipcRenderer, ports: [] });
      for (const listener of heard(message.channel)) listener(event, ...message.args);
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) answer?.resolve(message.value);
    else answer?.reject(new Error(`Error invoking remote method '${answer.channel}': ${message.error}`));
  }
  return { ipcRenderer, receive };
}

/** Runs a preload, wrapped into a function, with what Electron gives to a sandboxed one. */
export function openIsolatedWorld(
  options: PreloadOptions,
  preload: (require: unknown, module: unknown, exports: unknown, process: unknown) => void,
): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const send = world[BINDING] as (text: string) => void;
  delete world[BINDING];
  const { ipcRenderer, receive } = createIpcRenderer(send);
  world[RECEIVER] = receive;

  const refuseExposure = (): never => {
    throw new Error('a page exposes nothing to its preload');
  };
  const crossing = openCrossing({ key: options.key, side: 'preload', exposed: refuseExposure });
  const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = strict('contextBridge', {
    exposeInMainWorld: crossing.expose,
  });
  const electron = strict('electron', { contextBridge, ipcRenderer });
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = strict('process', {
    type: 'renderer',
    platform: options.platform,
    versions: options.versions,
    argv: [...options.argv],
    env: {},
    sandboxed: true,
    contextIsolated: true,
  });
  const module = { exports: {} };
  preload(require, module, module.exports, process);
}

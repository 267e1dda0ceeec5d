import { strict } from '../strict.ts';
import { decode, encode } from '../wire.ts';
import type { FromPage, ToPage } from '../worlds/isolated-world.ts';
import { StrictEmitter } from './emitter.ts';
import type { WebContents } from './web-contents.ts';
import type { WebFrameMain } from './web-frame-main.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export class IpcMain extends StrictEmitter {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

/** Who an invocation comes from, as the application's handler sees it. */
export type Sender = { readonly contents: WebContents; readonly frame: WebFrameMain };

/** Runs the handler of a channel. Rejects with its error, or when there is none. */
export async function invoke(
  { contents, frame }: Sender,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const event = strict('invoke event', {
    type: 'frame',
    sender: contents,
    senderFrame: frame,
    processId: frame.processId,
    frameId: frame.routingId,
  });
  return handler(event, ...args);
}

/** Answers an invocation that came as a text, with a text. */
export async function answerPage(sender: Sender, text: string): Promise<string> {
  const { id, channel, args } = decode(text) as FromPage;
  try {
    return encode({ id, value: await invoke(sender, channel, args) } satisfies ToPage);
  } catch (error) {
    return encode({ id, error: String(error) } satisfies ToPage);
  }
}

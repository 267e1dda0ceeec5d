import { strict } from '../strict.ts';
import { app } from './app.ts';
import { runtime } from './runtime.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const privileged = new Set<string>();

/** Custom schemes. A scheme has to be registered as standard and secure: the browser here knows no other kind. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(
    schemes: readonly {
      readonly scheme: string;
      readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean };
    }[],
  ): void {
    if (app.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure) privileged.add(scheme);
    }
  },

  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`The scheme has been registered`);
    if (!privileged.has(scheme)) {
      throw new Error(
        `${scheme}: is not registered as standard and secure; the stand-in serves no other scheme`,
      );
    }
    runtime().schemes.add(scheme);
    handlers.set(scheme, handler);
  },

  unhandle(scheme: string): void {
    runtime().schemes.delete(scheme);
    handlers.delete(scheme);
  },

  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme);
  },
});

/** The application's answer to a request; undefined when it serves no such scheme. */
export function serve(request: Request): Promise<Response> | undefined {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  return handler && Promise.resolve().then(() => handler(request));
}

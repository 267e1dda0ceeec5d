import type { Element } from '@xmpp/client';
import { SessionFailure } from '../../connection/failure.ts';

/** The SASL elements of one stream, handed over one at a time. */
export type SaslInbox = {
  readonly put: (element: Element) => void;
  readonly next: () => Promise<Element>;
  readonly end: (failure: Error) => void;
};

/** More SASL elements than this without a question for them is no sign-in. */
const MAX_WAITING = 4;

export function saslInbox(): SaslInbox {
  const arrived: Element[] = [];
  let asked:
    | { readonly resolve: (element: Element) => void; readonly reject: (error: Error) => void }
    | undefined;
  let ended: Error | undefined;

  const end = (failure: Error) => {
    ended ??= failure;
    asked?.reject(ended);
    asked = undefined;
  };
  return {
    put: (element) => {
      if (asked) {
        const { resolve } = asked;
        asked = undefined;
        resolve(element);
      } else if (arrived.length < MAX_WAITING) arrived.push(element);
      else
        end(new SessionFailure({ code: 'wrongServer', stage: 'signIn', detail: 'too many SASL elements' }));
    },
    next: () =>
      new Promise((resolve, reject) => {
        const element = arrived.shift();
        if (ended) reject(ended);
        else if (element) resolve(element);
        else asked = { resolve, reject };
      }),
    end,
  };
}

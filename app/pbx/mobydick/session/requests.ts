import { type Element, type Jid, xml } from '@xmpp/client';
import type { Clock } from '../../../clock.ts';
import type { About } from '../trace.ts';

/** How a request ended. */
export type Answer =
  | { readonly kind: 'result'; readonly stanza: Element }
  /** An iq error (RFC 6120 section 8.3). */
  | { readonly kind: 'error'; readonly condition: string; readonly text: string }
  /** No answer before the deadline, or the session ended first: it may have happened. */
  | { readonly kind: 'unanswered'; readonly why: string };

/** The iqs of one stream that wait for their answer. A request is sent once and never again. */
export type Requests = {
  /** Sends `child` in an iq of type get without an address. Settles within `deadline` ms. */
  readonly ask: (child: Element, deadline: number, about?: About) => Promise<Answer>;
  /** Sends the same, and waits for nothing. */
  readonly tell: (child: Element) => void;
  /** Takes a stanza if it answers a request. @returns what the request was about, or undefined. */
  readonly take: (stanza: Element) => About | undefined;
  /** Settles whatever waits, at once. */
  readonly end: (why: string) => void;
};

/**
 * Whether a stanza may answer what was asked without an address: it comes from the server, in its own name or
 * in the account's (RFC 6120 sections 8.1.2.1 and 10.3.3), or from the PBX. Any other user can send us a result.
 */
export function mayAnswer({ attrs }: Element, { local, domain, resource }: Jid): boolean {
  const from = attrs['from']?.toLowerCase();
  const own = `${local}@${domain}`;
  return (
    from === undefined ||
    [domain, `pbx.${domain}`, own, `${own}/${resource}`].some((name) => name.toLowerCase() === from)
  );
}

/** `idPrefix` must be unpredictable: the id is what ties an answer to its request. */
export function createRequests(
  send: (stanza: Element, about: About) => void,
  clock: Clock,
  idPrefix: string,
): Requests {
  const waiting = new Map<string, { readonly about: About; readonly settle: (answer: Answer) => void }>();
  let count = 0;
  let ended: string | undefined;
  const nextId = () => {
    count += 1;
    return `${idPrefix}-${count}`;
  };

  return {
    ask: (child, deadline, about = {}) =>
      new Promise((resolve) => {
        if (ended !== undefined) return resolve({ kind: 'unanswered', why: ended });
        const id = nextId();
        const timer = clock.after(deadline, () =>
          settle({ kind: 'unanswered', why: `within ${deadline} ms` }),
        );
        const settle = (answer: Answer) => {
          waiting.delete(id);
          timer.cancel();
          resolve(answer);
        };
        waiting.set(id, { about, settle });
        send(xml('iq', { type: 'get', id }, child), about);
      }),
    tell: (child) => {
      if (ended === undefined) send(xml('iq', { type: 'get', id: nextId() }, child), {});
    },
    take: (stanza) => {
      const { id, type } = stanza.attrs;
      const request = id === undefined ? undefined : waiting.get(id);
      if (stanza.name !== 'iq' || !request || (type !== 'result' && type !== 'error')) return undefined;
      request.settle(type === 'result' ? { kind: 'result', stanza } : { kind: 'error', ...reasonOf(stanza) });
      return request.about;
    },
    end: (why) => {
      ended = why;
      for (const { settle } of [...waiting.values()]) settle({ kind: 'unanswered', why });
    },
  };
}

function reasonOf(stanza: Element): { condition: string; text: string } {
  const error = stanza.getChild('error');
  const condition = error?.getChildElements().find((child) => child.name !== 'text');
  return { condition: condition?.getName() ?? 'unknown', text: error?.getChild('text')?.getText() ?? '' };
}

import { type Element, type Jid, xml } from '@xmpp/client';
import { MAX_RESUMPTION_ID } from '../limits.ts';
import { NS_SM } from './namespaces.ts';

/** A session that was lost and that the server may still hold. */
export type Resumable = {
  /** The server's name for it: opaque. */
  readonly id: string;
  /** Stanzas of the server's that were handled, modulo 2^32. */
  readonly received: number;
  readonly address: Jid;
  /** How long the server holds it after the loss, ms; undefined when it did not say. */
  readonly holds: number | undefined;
};

/** What an element of stream management means for the stream. */
export type Managed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'say'; readonly element: Element }
  | { readonly kind: 'resumed'; readonly address: Jid }
  /** The server no longer has it: the stream is bound as a new one. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken'; readonly why: string };

/** The client's side of stream management (XEP-0198 sections 3 to 5) on one stream. No timer, no input or output. */
export type StreamManagement = {
  /** What to send in place of the binding, where there is something to resume. Given out once. */
  readonly resume: () => Element | undefined;
  /** Whether there is something to resume that was not given out yet. */
  readonly untried: () => boolean;
  /** What to send right after the binding. */
  readonly enable: () => Element;
  /** A stanza of the server's is taken over. */
  readonly counted: () => void;
  /** Takes an element in the namespace of stream management. */
  readonly take: (element: Element) => Managed;
  /** What the next stream can resume, when this one is lost now. */
  readonly left: (address: Jid) => Resumable | undefined;
};

/**
 * Nothing sent is kept: a Dial whose fate is unknown must not be sent again, so what the server says it has handled
 * (`h` in <a/> and <resumed/>) tells nothing here, and no acknowledgement is ever asked for. The server's preferred
 * place (`location` in <enabled/>) is left aside: the connection goes where the account says, for the trust is bound
 * to that.
 * @param previous the session to resume, if there is one
 */
export function createStreamManagement(previous?: Resumable): StreamManagement {
  let state: 'off' | 'resuming' | 'enabling' | 'on' = 'off';
  let received = 0;
  let id = '';
  let holds: number | undefined;
  let resumable = previous;

  const enabled = ({ attrs }: Element): Managed => {
    if (state !== 'enabling') return broken('<enabled/> out of turn');
    state = 'on';
    received = 0;
    const named = attrs['id'] ?? '';
    if (!TRUE.test(attrs['resume'] ?? '') || named.length > MAX_RESUMPTION_ID) return NOTHING;
    id = named;
    holds = SECONDS.test(attrs['max'] ?? '') ? Number(attrs['max']) * 1_000 : undefined;
    return NOTHING;
  };

  const resumed = ({ attrs }: Element): Managed => {
    if (state !== 'resuming' || !resumable) return broken('<resumed/> out of turn');
    if (attrs['previd'] !== resumable.id) return broken('<resumed/> of another session');
    ({ id, received, holds } = resumable);
    const { address } = resumable;
    resumable = undefined;
    state = 'on';
    return { kind: 'resumed', address };
  };

  const failed = (): Managed => {
    if (state === 'off' || state === 'on') return broken('<failed/> out of turn');
    const wasResuming = state === 'resuming';
    state = 'off';
    resumable = undefined;
    return wasResuming ? { kind: 'refused' } : NOTHING;
  };

  return {
    resume: () => {
      if (!resumable || state !== 'off') return undefined;
      state = 'resuming';
      return xml('resume', { xmlns: NS_SM, previd: resumable.id, h: String(resumable.received) });
    },
    untried: () => resumable !== undefined && state === 'off',
    enable: () => {
      state = 'enabling';
      return xml('enable', { xmlns: NS_SM, resume: 'true' });
    },
    counted: () => {
      if (state === 'on') received = (received + 1) % COUNTER;
    },
    take: (element) => {
      switch (element.getName()) {
        case 'r':
          if (state !== 'on') return NOTHING;
          return { kind: 'say', element: xml('a', { xmlns: NS_SM, h: String(received) }) };
        case 'enabled':
          return enabled(element);
        case 'resumed':
          return resumed(element);
        case 'failed':
          return failed();
        default:
          return NOTHING;
      }
    },
    left: (address) => (state === 'on' && id !== '' ? { id, received, address, holds } : undefined),
  };
}

const NOTHING: Managed = { kind: 'nothing' };
const broken = (why: string): Managed => ({ kind: 'broken', why });

/** The counters are of 32 bits (XEP-0198 section 4). */
const COUNTER = 2 ** 32;
const TRUE = /^(?:true|1)$/;
const SECONDS = /^\d{1,9}$/;

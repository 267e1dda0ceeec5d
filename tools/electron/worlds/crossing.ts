/**
 * The way between a page's own world and the isolated world of its preload: what Electron's contextBridge does.
 * Both worlds share nothing but the document, so values cross as details of its events, which Chromium clones. A
 * function stays where it is; the other side gets a stand-in that calls it.
 */

declare const document: EventTarget;

type Call = { readonly call: number; readonly args: unknown };
type Settled = { readonly settle: number; readonly error?: unknown; readonly value?: unknown };
type Expose = { readonly expose: string; readonly api: unknown };
type Sent = Call | Settled | Expose;
type Reply = { readonly error?: unknown; readonly value?: unknown };

export type Crossing = {
  /** Puts an API into the other world's window. Throws what went wrong there. */
  readonly expose: (name: string, api: unknown) => void;
};

export type CrossingOptions = {
  /** A name that the page cannot guess; the events carry it. */
  readonly key: string;
  readonly side: 'page' | 'preload';
  /** What to do when the other world exposes an API. */
  readonly exposed: (name: string, api: unknown) => void;
};

/** Opens one end. Both ends are opened before any script of the page runs. */
export function openCrossing({ key, side, exposed }: CrossingOptions): Crossing {
  const outgoing = `${key}${side === 'page' ? '>' : '<'}`;
  const incoming = `${key}${side === 'page' ? '<' : '>'}`;
  const answer = (name: string): string => `${name}=`;
  const mark = `${key}:`;
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const dispatch = document.dispatchEvent.bind(document);
  let promises = 0;
  let reply: Reply | null | undefined;

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      return { [mark]: 'function', id: functions.push(value as (...args: unknown[]) => unknown) - 1 };
    }
    if (value instanceof Promise) {
      const id = ++promises;
      value.then(
        (result) => send({ settle: id, value: pack(result) }),
        (error) => send({ settle: id, error: asError(error) }),
      );
      return { [mark]: 'promise', id };
    }
    if (Array.isArray(value)) return value.map(pack);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pack(inner)]));
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    if (!Object.hasOwn(value, mark)) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unpack(inner)]));
    }
    const id = value['id'] as number;
    if (value[mark] === 'function') return (...args: unknown[]) => send({ call: id, args: pack(args) });
    const promise = Promise.withResolvers<unknown>();
    waiting.set(id, promise);
    return promise.promise;
  }

  /** Events are delivered while `dispatch` runs, so the answer is there when it returns. */
  function send(sent: Sent): unknown {
    const before = reply;
    reply = undefined;
    dispatch(new CustomEvent(outgoing, { detail: sent }));
    const got = reply as Reply | null | undefined;
    reply = before;
    // Chromium hands over nothing at all when a detail cannot be cloned.
    if (!got) throw new Error('An object could not be cloned.');
    if (got.error !== undefined) throw got.error;
    return unpack(got.value);
  }

  function take(sent: Sent): unknown {
    if ('expose' in sent) return exposed(sent.expose, unpack(sent.api));
    if ('call' in sent) return functions[sent.call]?.(...(unpack(sent.args) as unknown[]));
    const promise = waiting.get(sent.settle);
    waiting.delete(sent.settle);
    if (sent.error === undefined) promise?.resolve(unpack(sent.value));
    else promise?.reject(sent.error);
    return undefined;
  }

  document.addEventListener(answer(outgoing), (event) => {
    reply = (event as CustomEvent<Reply | null>).detail;
  });
  document.addEventListener(incoming, (event) => {
    const sent = (event as CustomEvent<Sent | null>).detail;
    let result: Reply | null = null;
    try {
      if (sent) result = { value: pack(take(sent)) };
    } catch (error) {
      result = { error: asError(error) };
    }
    dispatch(new CustomEvent(answer(incoming), { detail: result }));
  });

  return { expose: (name, api) => void send({ expose: name, api: pack(api) }) };
}

/** Only what an Error carries crosses, as with Electron: no property of its own. */
const asError = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  return Object.assign(new Error(error.message), { name: error.name });
};

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const text = Object.prototype.toString.call(value);
  return text === '[object Object]';
}

/**
 * Values on their way between the main process and a page, as text. They arrive as Electron's structured clone would
 * bring them; what cannot be cloned is refused with Electron's words. This file runs in Node and in the page.
 */

/** Marks an object that stands for something JSON does not know. */
const TAG = '$wire';

type Tagged = { readonly [TAG]: string; readonly value?: unknown };

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const refuse = (): never => {
  throw new Error('An object could not be cloned.');
};

const keepsItself = (value: object): boolean => {
  if (Array.isArray(value)) return true;
  const parent = Object.getPrototypeOf(value);
  return parent === null || parent === Object.prototype || !(Symbol.toStringTag in value);
};

function tagged(value: unknown): Tagged | undefined {
  switch (typeof value) {
    case 'undefined':
      return { [TAG]: 'undefined' };
    case 'bigint':
      return { [TAG]: 'bigint', value: String(value) };
    case 'number':
      return Number.isFinite(value) ? undefined : { [TAG]: 'number', value: String(value) };
    case 'function':
    case 'symbol':
      return refuse();
    case 'object':
      return value === null ? undefined : taggedObject(value);
    default:
      return undefined;
  }
}

function taggedObject(value: object): Tagged | undefined {
  if (value instanceof Date) return { [TAG]: 'date', value: value.getTime() };
  if (value instanceof Error) return { [TAG]: 'error', value: [value.name, value.message] };
  if (value instanceof Map) return { [TAG]: 'map', value: [...value] };
  if (value instanceof Set) return { [TAG]: 'set', value: [...value] };
  if (value instanceof ArrayBuffer) return { [TAG]: 'buffer', value: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    return {
      [TAG]: 'bytes',
      value: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
    };
  }
  if (Object.hasOwn(value, TAG)) return { [TAG]: 'object', value: Object.entries(value) };
  return keepsItself(value) ? undefined : refuse();
}

function untagged({ [TAG]: tag, value }: Tagged): unknown {
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'bigint':
      return BigInt(value as string);
    case 'number':
      return Number(value);
    case 'date':
      return new Date(value as number);
    case 'error': {
      const [name, message] = value as [string, string];
      return Object.assign(new Error(message), { name });
    }
    case 'map':
      return new Map(restored(value) as [unknown, unknown][]);
    case 'set':
      return new Set(restored(value) as unknown[]);
    case 'buffer':
      return bytesOf(value as string).buffer;
    case 'bytes':
      return bytesOf(value as string);
    default:
      return Object.fromEntries(restored(value) as [string, unknown][]);
  }
}

function restored(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(restored);
  if (Object.hasOwn(value, TAG)) return untagged(value as Tagged);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restored(inner)]));
}

/**
 * A value as text. Plain data, which is nearly all there is, stays plain JSON and is read back without a second walk.
 * @throws when it holds what cannot be cloned, or itself
 */
export function encode(value: unknown): string {
  let special = false;
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key) {
    // JSON has called toJSON by now, which turns a Date into text; the holder still has the Date.
    const real = this[key];
    const tag = tagged(real);
    if (tag === undefined) return real;
    special = true;
    return tag;
  });
  return `${special ? 's' : 'p'}${text}`;
}

/** The value of a text that `encode` made. */
export function decode(text: string): unknown {
  const value: unknown = JSON.parse(text.slice(1));
  return text.startsWith('s') ? restored(value) : value;
}

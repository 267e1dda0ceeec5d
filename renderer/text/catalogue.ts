import type { en } from './en.ts';

type English = typeof en;
export type Key = keyof English;

/** The names between braces in a text. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never;

/** Keys of texts that stand as they are. */
export type PlainKey = { [K in Key]: [Holes<English[K]>] extends [never] ? K : never }[Key];

/** What fills the holes of a text. */
export type Values<K extends Key> = Readonly<Record<Holes<English[K]>, string | number>>;

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** Every key of the English catalogue with the same holes, and no key besides. */
type Translation<Texts extends Record<Key, string>> = {
  readonly [K in keyof Texts]: K extends Key
    ? Same<Holes<Texts[K]>, Holes<English[K]>> extends true
      ? Texts[K]
      : 'has other holes than the English text'
    : never;
};

/** A catalogue in another language. A missing key, one too many, or a missing hole does not compile. */
export const translation = <const Texts extends Record<Key, string>>(
  texts: Texts & Translation<Texts>,
): Readonly<Record<Key, string>> => texts;

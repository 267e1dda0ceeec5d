import { useMemo } from 'react';
import type { Language } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import type { Key, PlainKey, Values } from './catalogue.ts';
import { de } from './de.ts';
import { en } from './en.ts';

export const catalogues: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { de, en };

/** Gives the text of a key, with its holes filled. Numbers are written as the language writes them. */
export type T = <K extends Key>(key: K, ...values: K extends PlainKey ? [] : [Values<K>]) => string;

/** The texts of one language. */
export function texts(language: Language): T {
  const catalogue = catalogues[language];
  const numbers = new Intl.NumberFormat(language);
  return (key, ...[values]) => {
    const filled: Readonly<Record<string, string | number>> = values ?? {};
    return catalogue[key].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = filled[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? '');
    });
  };
}

/** The texts of the language of the moment. */
export function useText(): T {
  const language = useSlice('language');
  return useMemo(() => texts(language), [language]);
}

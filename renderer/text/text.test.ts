import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { clockDuration, traceDistance, traceTime } from './format.ts';

const renderer = join(import.meta.dirname, '..');

async function sources(): Promise<string> {
  const texts: string[] = [];
  for await (const file of glob('**/*.{ts,tsx}', { cwd: renderer })) {
    if (/^(text|testing)\/|\.test\.ts$/.test(file.replaceAll('\\', '/'))) continue;
    texts.push(await readFile(join(renderer, file), 'utf8'));
  }
  return texts.join('\n');
}

describe('the catalogues', () => {
  it('have no key that no page uses', async () => {
    const code = await sources();
    const unused = Object.keys(en).filter((key) => !code.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('say something for every key', () => {
    const silent = Object.entries({ ...en, ...de }).filter(([, text]) => text.trim() === '');
    expect(silent).toEqual([]);
  });

  it('use each language’s own signs', () => {
    const german = Object.values(de).join(' ');
    // German sets a space before an ellipsis that stands for words, and its own quotation marks.
    expect(german).not.toMatch(/\p{L}…/u);
    expect(german).not.toMatch(/["”]/);
    expect(Object.values(en).join(' ')).not.toMatch(/ …|["']/);
  });

  it('address people formally in German', () => {
    expect(Object.values(de).join(' ')).not.toMatch(/\b(du|dein|deine|dich|dir)\b/i);
  });
});

describe('numbers and times', () => {
  it.each([
    [0, '0:00'],
    [-40, '0:00'],
    [42_900, '0:42'],
    [725_000, '12:05'],
    [3_609_000, '1:00:09'],
  ])('a duration of %d ms reads %s', (ms, text) => {
    expect(clockDuration(ms)).toBe(text);
  });

  it('a time has microseconds', () => {
    const at = new Date(2026, 2, 17, 9, 3, 5, 7).getTime() + 0.25;
    expect(traceTime(at)).toBe('09:03:05.007250');
  });

  it('a distance is written as the language writes numbers', () => {
    expect(traceDistance(2231.74, 'en')).toBe('2,231.7');
    expect(traceDistance(2231.74, 'de')).toBe('2.231,7');
  });
});

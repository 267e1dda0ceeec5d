import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';

it('measures everything, with a million events, unless told otherwise', () => {
  expect(parseOptions([])).toEqual({ native: false, session: false, driver: false, events: 1_000_000 });
});

it('takes each word once or more, in any order', () => {
  const asked = { native: true, session: true, driver: true, events: 150_000 };
  expect(parseOptions(['--events=5', '--session', '--native', '--driver', '--events=150000'])).toEqual(asked);
});

it.each([
  '',
  'native',
  '--Native',
  '--events',
  '--events=',
  '--events=0',
  '--events=1e6',
  '--events=9999999999',
])('names "%s", which it does not know', (word) => {
  expect(parseOptions(['--native', word])).toEqual({ unknown: word });
});

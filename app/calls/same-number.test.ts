import { describe, expect, it } from 'vitest';
import { sameNumber } from './same-number.ts';

describe('two spellings of a number', () => {
  it.each([
    ['832', '832'],
    ['0832', '832'],
    ['+49991123456', '0049991123456'],
    ['0049991123456', '0991123456'],
    ['Weber', 'weber'],
    ['', ''],
  ])('%s is %s', (seen, asked) => expect(sameNumber(seen, asked)).toBe(true));

  it.each([
    ['833', '832'],
    ['32', '832'],
    ['12345', '02345'],
    ['', '832'],
    ['832', ''],
    ['weber', 'huber'],
    ['weber', '832'],
  ])('%s is not %s', (seen, asked) => expect(sameNumber(seen, asked)).toBe(false));
});

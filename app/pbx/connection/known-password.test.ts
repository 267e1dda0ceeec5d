import { expect, it } from 'vitest';
import { createKnownPassword } from './known-password.ts';

it('knows the last password that worked, and no other', () => {
  const known = createKnownPassword(Buffer.from('key'));
  expect(known.isKnown('')).toBe(false);
  known.worked('Pä€');
  expect(known.isKnown('Pä€')).toBe(true);
  expect(known.isKnown('pä€')).toBe(false);
  known.worked('new');
  expect(known.isKnown('Pä€')).toBe(false);
});

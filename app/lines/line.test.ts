import { describe, expect, it } from 'vitest';
import { lineGuid, lineId, lineKey, lineName } from './line.ts';

describe('a line’s identity', () => {
  const key = lineKey('pbx', 'Anna');

  it('does not depend on how the user name is spelt', () => expect(lineKey('pbx', 'anna')).toBe(key));

  it('gives the same ids on every machine and in every release', () => {
    expect(lineId(key)).toBe(lineId('pbx/anna'));
    expect(Buffer.from(lineGuid(key)).toString('hex')).toMatch(/^[0-9a-f]{14}5[0-9a-f][89ab][0-9a-f]{15}$/);
  });

  it('differs between users and accounts', () => {
    const keys = ['pbx', 'branch'].flatMap((account) =>
      ['anna', 'berta', 'carl'].map((user) => lineKey(account, user)),
    );
    expect(new Set(keys.map(lineId)).size).toBe(keys.length);
    expect(new Set(keys.map((k) => Buffer.from(lineGuid(k)).toString('hex'))).size).toBe(keys.length);
  });
});

describe('a line’s name', () => {
  it.each([
    [{ name: 'Jan Lorenz', user: 'jlorenz', extension: '831' }, 'Jan Lorenz (831)'],
    [{ name: '', user: 'jlorenz', extension: '831' }, 'jlorenz (831)'],
    [{ name: 'Jan Lorenz', user: 'jlorenz', extension: '' }, 'Jan Lorenz'],
  ])('%j is %s', (line, name) => expect(lineName(line)).toBe(name));
});

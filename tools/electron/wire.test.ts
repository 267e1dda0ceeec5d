import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './wire.ts';

const clone = (value: unknown): unknown => decode(encode(value));

const values = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.string(),
    // JSON has no -0; neither side cares.
    fc.double().map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.bigInt(),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
  ),
  value: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('$wire')), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    fc.array(fc.tuple(tie('leaf'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('leaf'), { maxLength: 3 }).map((members) => new Set(members)),
  ),
}));

describe('the wire', () => {
  it('brings every cloneable value as what it was', () => {
    fc.assert(
      fc.property(values.value, (value) => {
        expect(clone(value)).toEqual(value);
      }),
    );
  });

  it('keeps plain data plain', () => {
    expect(encode({ label: 'RINGING', call: 3, on: true })).toBe('p{"label":"RINGING","call":3,"on":true}');
  });

  it('brings an error with its name and message', () => {
    const error = clone(new TypeError('bad number')) as Error;
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(['TypeError', 'bad number']);
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve(1)],
    ['an object of the browser', new URL('http://host/')],
  ])('refuses %s, however deep, with the words of Electron', (_, value) => {
    expect(() => encode({ deep: [value] })).toThrow('An object could not be cloned.');
  });

  it('refuses what holds itself', () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(() => encode(value)).toThrow();
  });
});

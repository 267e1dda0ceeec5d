import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Recent } from './recent.ts';

const name = fc.integer({ min: 0, max: 30 }).map(String);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ add: name }) },
  { weight: 1, arbitrary: fc.record({ delete: name }) },
);

describe('what was added lately', () => {
  it('is remembered: the last so many, and never more than twice as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 80 }), (least, steps) => {
        const recent = new Recent(least);
        /** In the order in which they were added last: what was deleted keeps its place. */
        let added: string[] = [];
        const deleted = new Set<string>();
        for (const one of steps) {
          if ('add' in one) {
            recent.add(one.add);
            deleted.delete(one.add);
            added = [...added.filter((other) => other !== one.add), one.add];
          } else {
            recent.delete(one.delete);
            deleted.add(one.delete);
            expect(recent.has(one.delete)).toBe(false);
          }
          const kept = added.slice(-least).filter((each) => !deleted.has(each));
          expect(kept.filter((each) => !recent.has(each))).toEqual([]);
          const known = Array.from({ length: 31 }, (_, at) => String(at)).filter((each) => recent.has(each));
          expect(known.length).toBeLessThanOrEqual(2 * least);
        }
      }),
    );
  });

  it('is nothing after it was cleared', () => {
    const recent = new Recent(1);
    recent.add('a');
    recent.add('b');
    recent.clear();
    expect([recent.has('a'), recent.has('b')]).toEqual([false, false]);
  });
});

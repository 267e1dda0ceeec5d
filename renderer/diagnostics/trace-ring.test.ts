import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { everything, type TraceFilter, TraceRing } from './trace-ring.ts';
import { TraceView } from './trace-view.ts';

const CAPACITY = 50;

const row = (sequence: number, some: Partial<TraceRow> = {}): TraceRow => ({
  sequence,
  at: 1_000 + sequence / 8,
  leg: 'core',
  direction: 'note',
  account: 'a',
  call: 0,
  label: `label ${sequence}`,
  detail: '',
  ...some,
});
const rows = (from: number, count: number): TraceRow[] =>
  Array.from({ length: count }, (_, at) => row(from + at));

const anyRow = fc.record({
  leg: fc.constantFrom('pbx' as const, 'core' as const, 'link' as const, 'tapi' as const),
  direction: fc.constantFrom('in' as const, 'out' as const, 'note' as const),
  call: fc.nat(3),
  label: fc.constantFrom('OFFERING', 'Hangup (x)', 'call'),
  detail: fc.constantFrom('', 'über', '<a/>'),
});
const batches = fc.array(fc.array(anyRow, { maxLength: 20 }), { maxLength: 12 });
const filters: fc.Arbitrary<TraceFilter> = fc.record({
  text: fc.constantFrom('', 'OFF', 'off', '(x', 'ÜBER', '<a'),
  call: fc.nat(3),
  without: fc.subarray(['pbx', 'core', 'link', 'tapi'] as const).map((legs) => new Set(legs)),
});

describe('the ring', () => {
  it('gives back what it took, and keeps the last', () => {
    const ring = new TraceRing(CAPACITY);
    const full = row(1, { leg: 'tapi', direction: 'out', call: 9, detail: 'x', account: 'me' });
    ring.append([full]);
    expect(ring.get(0)).toEqual(full);
    ring.append(rows(2, 120));
    expect([ring.start, ring.end]).toEqual([71, 121]);
    expect(ring.get(70)).toBeUndefined();
    expect(ring.get(71)?.sequence).toBe(72);
    expect(ring.get(121)).toBeUndefined();
  });

  it('keeps no more text than it may, and the newest entry always', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (lengths) => {
        const ring = new TraceRing(CAPACITY, 100);
        ring.append(lengths.map((length, at) => row(at + 1, { label: '', detail: 'x'.repeat(length) })));
        const kept = Array.from({ length: ring.end - ring.start }, (_, at) => ring.get(ring.start + at));
        const sizes = kept.map((each) => each?.detail.length ?? 0);
        expect(sizes).toEqual(lengths.slice(lengths.length - sizes.length));
        const sum = sizes.reduce((a, b) => a + b, 0);
        expect(sum <= 100 || sizes.length === 1).toBe(true);
        // And no less: one more would be too much, or too many.
        const next = lengths[lengths.length - sizes.length - 1];
        if (next !== undefined && sizes.length < CAPACITY) expect(sum + next).toBeGreaterThan(100);
      }),
    );
  });

  it('passes over entries that it has, and counts those that are missing', () => {
    const ring = new TraceRing(CAPACITY);
    ring.append(rows(100, 5));
    ring.append(rows(102, 4));
    expect([ring.end, ring.lost]).toEqual([6, 0]);
    ring.append(rows(110, 1));
    expect([ring.end, ring.lost]).toEqual([7, 4]);
  });

  it('knows the calls, newest first, and no more than a list can hold', () => {
    const ring = new TraceRing(CAPACITY);
    ring.append([row(1, { call: 7 }), row(2), row(3, { call: 8 }), row(4, { call: 7 })]);
    expect(ring.calls).toEqual([8, 7]);
    ring.append(Array.from({ length: 500 }, (_, at) => row(10 + at, { call: 100 + at })));
    expect(ring.calls).toHaveLength(200);
    expect(ring.calls[0]).toBe(599);
  });
});

describe('the filtered view', () => {
  it('shows exactly the entries that pass, in their order, however they came', () => {
    fc.assert(
      fc.property(batches, filters, filters, (all, first, then) => {
        const ring = new TraceRing(CAPACITY);
        const view = new TraceView(ring, CAPACITY);
        let sequence = 0;
        view.setFilter(first);
        all.forEach((batch, at) => {
          ring.append(batch.map((each) => row(++sequence, each)));
          if (at === Math.floor(all.length / 2)) view.setFilter(then);
          view.advance(() => at % 2 === 0);
        });
        while (!view.advance(() => true));
        const shown = Array.from({ length: view.end - view.start }, (_, at) =>
          ring.get(view.ordinal(view.start + at)),
        );
        const used = all.length > 0 ? then : first;
        const passes = ({ text, call, without }: TraceFilter, each: TraceRow) =>
          (call === 0 || each.call === call) &&
          !without.has(each.leg) &&
          `${each.label}\n${each.detail}`.toLowerCase().includes(text.toLowerCase());
        const kept = Array.from({ length: ring.end - ring.start }, (_, at) => ring.get(ring.start + at));
        expect(shown).toEqual(kept.filter((each) => each && passes(used, each)));
      }),
    );
  });

  it('finds the row of an entry', () => {
    const ring = new TraceRing(CAPACITY);
    const view = new TraceView(ring, CAPACITY);
    ring.append(Array.from({ length: 90 }, (_, at) => row(at + 1, { call: at % 3 })));
    view.setFilter({ ...everything, call: 2 });
    view.advance(() => false);
    for (let ordinal = 0; ordinal < 90; ordinal += 1) {
      const index = view.indexOf(ordinal);
      const kept = ordinal >= 40 && ordinal % 3 === 2;
      expect(index === undefined ? undefined : view.ordinal(index)).toBe(kept ? ordinal : undefined);
    }
  });

  it('looks at no more than it has time for', () => {
    const ring = new TraceRing(10_000);
    const view = new TraceView(ring, 10_000);
    ring.append(rows(1, 5_000));
    view.setFilter({ ...everything, text: 'label' });
    expect(view.advance(() => true)).toBe(false);
    expect(view.scanned).toBeLessThan(1_000);
    expect(view.advance(() => false)).toBe(true);
    expect(view.end).toBe(5_000);
  });
});

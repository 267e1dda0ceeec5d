import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GridModel } from './grid-model.ts';

function grid(end: number, visible = 10) {
  const source = { start: 0, end };
  const model = new GridModel(source);
  model.resize(visible);
  model.refresh();
  const grow = (by: number, gone = 0) => {
    source.end += by;
    source.start += gone;
    model.refresh();
  };
  return { model, source, grow };
}

describe('following the end', () => {
  it('goes on until somebody scrolls up, and again from the end', () => {
    const { model, grow } = grid(100);
    expect(model.top).toBe(90);
    grow(5);
    expect(model.top).toBe(95);
    model.scrollBy(-1);
    grow(5);
    expect([model.top, model.following]).toEqual([94, false]);
    model.scrollTo(1_000);
    grow(5);
    expect([model.top, model.following]).toEqual([105, true]);
  });

  it('rests while something is selected', () => {
    const { model, grow } = grid(100);
    model.select(99);
    grow(50);
    expect([model.top, model.following, model.active]).toEqual([90, false, 99]);
    model.follow();
    expect([model.top, model.following, model.active]).toEqual([140, true, undefined]);
  });

  it('stays with its rows as older ones go, until they go themselves', () => {
    const { model, grow } = grid(100);
    model.scrollTo(20);
    grow(10, 10);
    expect(model.top).toBe(20);
    grow(30, 30);
    expect(model.top).toBe(40);
  });
});

describe('the selection', () => {
  it('grows from where it began', () => {
    const { model } = grid(100);
    model.select(95);
    model.move(-3, true);
    expect(model.selection).toEqual({ from: 92, to: 95 });
    model.move(5, true);
    expect(model.selection).toEqual({ from: 95, to: 97 });
    model.move(-1);
    expect(model.selection).toEqual({ from: 96, to: 96 });
  });

  it('begins with the last row in sight', () => {
    const { model } = grid(100);
    model.scrollTo(30);
    model.move(-1);
    expect(model.active).toBe(39);
  });

  it('goes when its row goes', () => {
    const { model, grow } = grid(100);
    model.select(5);
    grow(10, 10);
    expect(model.selection).toBeUndefined();
  });

  it('can be everything', () => {
    const { model } = grid(100);
    model.scrollTo(10);
    model.selectAll();
    expect([model.selection, model.top]).toEqual([{ from: 0, to: 99 }, 10]);
  });
});

it('never shows what is not there', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('scroll' as const), by: fc.integer({ min: -300, max: 300 }) }),
    fc.record({ do: fc.constant('move' as const), by: fc.integer({ min: -300, max: 300 }) }),
    fc.record({ do: fc.constant('grow' as const), by: fc.nat(60) }),
    fc.record({ do: fc.constant('resize' as const), by: fc.integer({ min: -3, max: 40 }) }),
    fc.record({ do: fc.constant('follow' as const), by: fc.constant(0) }),
    fc.record({ do: fc.constant('clear' as const), by: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.nat(200), fc.array(step, { maxLength: 40 }), (count, steps) => {
      const { model, source, grow } = grid(count);
      for (const { do: what, by } of steps) {
        if (what === 'scroll') model.scrollBy(by);
        else if (what === 'move') model.move(by, by % 2 === 0);
        else if (what === 'grow') grow(by, Math.max(0, source.end + by - source.start - 100));
        else if (what === 'resize') model.resize(by);
        else if (what === 'follow') model.follow();
        else model.clear();
        const lowest = Math.max(source.start, source.end - model.visible);
        expect(model.top).toBeGreaterThanOrEqual(Math.min(source.start, lowest));
        expect(model.top).toBeLessThanOrEqual(lowest);
        if (model.following) expect(model.top).toBe(lowest);
        if (model.selection) {
          expect(model.selection.from).toBeGreaterThanOrEqual(source.start);
          expect(model.selection.to).toBeLessThan(source.end);
        }
      }
    }),
  );
});

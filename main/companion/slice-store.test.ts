import { describe, expect, it } from 'vitest';
import type { Patch } from '../../contract/renderer-api.ts';
import { callView, lineView, slices } from '../testing/samples.ts';
import { SliceStore } from './slice-store.ts';

describe('the slices', () => {
  it('tell each change of one turn once, with what is true at its end', async () => {
    const store = new SliceStore(slices());
    const told: Patch[] = [];
    store.subscribe((patch) => told.push(patch));
    store.set({ lines: [] });
    store.set({ calls: [callView()] });
    store.set({ lines: [lineView, lineView] });
    expect(store.get().lines).toHaveLength(2);
    expect(told, 'nothing before the turn is over').toEqual([]);
    await Promise.resolve();
    expect(told).toEqual([
      { slice: 'lines', value: [lineView, lineView] },
      { slice: 'calls', value: [callView()] },
    ]);
  });

  it('are made once for all changes of a turn, or when somebody looks', async () => {
    const store = new SliceStore(slices());
    const told: Patch[] = [];
    store.subscribe((patch) => told.push(patch));
    let made = 0;
    const two = () => {
      made += 1;
      return [lineView, lineView];
    };
    for (let change = 0; change < 1_000; change += 1) store.renew('lines', two);
    expect(made).toBe(0);
    await Promise.resolve();
    expect(told).toEqual([{ slice: 'lines', value: [lineView, lineView] }]);
    expect(made).toBe(1);
    store.renew('lines', two);
    expect([store.get().lines.length, store.get().lines.length, made]).toEqual([2, 2, 2]);
    store.renew('lines', two);
    store.set({ lines: [] });
    expect([store.get().lines.length, made], 'the newest word counts').toEqual([0, 2]);
  });

  it('tell a change that a listener makes, too', async () => {
    const store = new SliceStore(slices());
    const told: string[] = [];
    store.subscribe(({ slice }) => {
      told.push(slice);
      if (slice === 'calls') store.set({ offers: [] });
    });
    store.set({ calls: [] });
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual(['calls', 'offers']);
  });

  it('tell nothing to who has stopped listening', async () => {
    const store = new SliceStore(slices());
    const told: Patch[] = [];
    const stop = store.subscribe((patch) => told.push(patch));
    store.set({ calls: [] });
    stop();
    await Promise.resolve();
    expect(told).toEqual([]);
  });
});

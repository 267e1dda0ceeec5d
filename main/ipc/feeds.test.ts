import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../app/testing/fake-clock.ts';
import { type Patch, rights, type TraceRow, type WindowKind } from '../../contract/renderer-api.ts';
import type { CompanionService, TraceService } from '../companion/service.ts';
import { callView, slices } from '../testing/samples.ts';
import { StateFeed } from './state-feed.ts';
import { BATCH_MS, TraceFeed } from './trace-feed.ts';

describe('the state of windows', () => {
  function feed() {
    let listener: (patch: Patch) => void = () => undefined;
    const sent: [WindowKind, Patch][] = [];
    const service = {
      slices: () => slices(),
      subscribe: (told: typeof listener) => {
        listener = told;
        return () => undefined;
      },
    } as Partial<CompanionService> as CompanionService;
    const state = new StateFeed(service, (kind, _name, patch) => sent.push([kind, patch]));
    return { state, sent, change: (patch: Patch) => listener(patch) };
  }

  it('is the slices a window has a right to, and patches of those alone', () => {
    const { state, sent, change } = feed();
    expect(Object.keys(state.subscribe('popup')).sort()).toEqual([...rights.popup.slices].sort());
    change({ slice: 'offers', value: [] });
    expect(sent).toEqual([]);
    const calls: Patch = { slice: 'calls', value: [callView()] };
    change(calls);
    expect(sent).toEqual([['popup', calls]]);
  });

  it('goes to nobody who has not asked, or is gone', () => {
    const { state, sent, change } = feed();
    state.subscribe('popup');
    state.subscribe('popup');
    state.forget('popup');
    change({ slice: 'calls', value: [] });
    expect(sent).toEqual([]);
  });
});

describe('the trace of windows', () => {
  function feed() {
    const clock = new FakeClock();
    const rows: TraceRow[] = [];
    const listeners = new Set<(row: TraceRow) => void>();
    const sent: [WindowKind, number[]][] = [];
    const service: TraceService = {
      from: (sequence) => rows.filter((row) => row.sequence >= sequence),
      follow: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      note: () => undefined,
    };
    const trace = new TraceFeed(
      service,
      (kind, _name, batch) => sent.push([kind, batch.map(({ sequence }) => sequence)]),
      clock,
    );
    const add = (count = 1) => {
      for (let one = 0; one < count; one += 1) {
        const row: TraceRow = {
          sequence: rows.length + 1,
          at: 0,
          leg: 'core',
          direction: 'note',
          account: '',
          call: 0,
          label: '',
          detail: '',
        };
        rows.push(row);
        for (const listener of listeners) listener(row);
      }
    };
    return { clock, trace, sent, add, listeners };
  }

  it('comes as what is kept, then in batches, none lost and none twice', () => {
    const { clock, trace, sent, add } = feed();
    add(3);
    expect(trace.follow('diagnostics', 2).map(({ sequence }) => sequence)).toEqual([2, 3]);
    add(2);
    expect(sent).toEqual([]);
    clock.advance(BATCH_MS);
    add(1_000);
    clock.advance(BATCH_MS);
    expect(sent.map(([, batch]) => batch.length)).toEqual([2, 1_000]);
    expect(sent.flatMap(([, batch]) => batch)).toEqual(Array.from({ length: 1_002 }, (_, at) => at + 4));
  });

  it('does not repeat to a page that starts anew what it has just been given', () => {
    const { clock, trace, sent, add } = feed();
    trace.follow('diagnostics', 0);
    add(2);
    expect(trace.follow('diagnostics', 0)).toHaveLength(2);
    add(1);
    clock.advance(BATCH_MS);
    expect(sent).toEqual([['diagnostics', [3]]]);
  });

  it('has no timer while nothing is new, and none of it goes on after the last window', () => {
    const { clock, trace, sent, add, listeners } = feed();
    trace.follow('diagnostics', 0);
    expect(clock.waiting).toBe(0);
    add();
    expect(clock.waiting).toBe(1);
    trace.unfollow('diagnostics');
    expect(listeners.size).toBe(0);
    clock.advance(BATCH_MS);
    add();
    expect([clock.waiting, sent.length]).toEqual([0, 0]);
  });
});

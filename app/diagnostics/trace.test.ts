import { describe, expect, it } from 'vitest';
import { MAX_DETAIL, MAX_LABEL, TRACE_CAPACITY, Trace, type TraceEntry } from './trace.ts';

const entry = (label: string, detail = ''): Omit<TraceEntry, 'sequence' | 'at'> => ({
  leg: 'core',
  direction: 'note',
  label,
  detail,
});

describe('the trace', () => {
  it('counts from 1 and stamps the time', () => {
    let now = 100;
    const trace = new Trace(() => now);
    trace.add(entry('a'));
    now = 100.5;
    trace.add({ ...entry('b'), account: 'acme', call: 17 });
    expect(trace.entries()).toEqual([
      { ...entry('a'), sequence: 1, at: 100 },
      { ...entry('b'), sequence: 2, at: 100.5, account: 'acme', call: 17 },
    ]);
  });

  it.each([0, 1, TRACE_CAPACITY - 1, TRACE_CAPACITY, TRACE_CAPACITY + 1, 2 * TRACE_CAPACITY + 3])(
    'keeps the last entries in their order: after %i of them',
    (count) => {
      const trace = new Trace(() => 0);
      for (let n = 1; n <= count; n += 1) trace.add(entry('x'));
      const kept = Math.min(count, TRACE_CAPACITY);
      const expected = Array.from({ length: kept }, (_, i) => count - kept + 1 + i);
      expect(trace.entries().map(({ sequence }) => sequence)).toEqual(expected);
    },
  );

  it('stores nothing unredacted, neither in labels nor in details, and tells listeners the same', () => {
    const trace = new Trace(() => 0);
    const heard: TraceEntry[] = [];
    trace.follow((one) => void heard.push(one));
    trace.add(entry('Dial 0049991123', '<password>geheim</password> 0049991123'));
    const [stored] = trace.entries();
    expect(stored).toMatchObject({ label: 'Dial …23', detail: '<password>[left out]</password> …23' });
    expect(trace.entries()).toEqual([stored]);
    expect(heard).toEqual([stored]);
  });

  it('cuts what is too long', () => {
    const trace = new Trace(() => 0);
    trace.add(entry('l'.repeat(MAX_LABEL + 1), 'd'.repeat(MAX_DETAIL + 1)));
    const [stored] = trace.entries();
    expect([stored?.label.length, stored?.detail.length]).toEqual([MAX_LABEL, MAX_DETAIL]);
  });

  it('stores after the turn that traced, with the time of that turn', async () => {
    let now = 1;
    const trace = new Trace(() => now);
    const heard: number[] = [];
    trace.follow(({ at }) => void heard.push(at));
    trace.add(entry('a'));
    now = 2;
    trace.add(entry('b'));
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([1, 2]);
  });

  it('makes a detail that is given as a way to it after that turn, once, and redacts it like any other', async () => {
    const trace = new Trace(() => 1);
    let made = 0;
    const detail = () => {
      made += 1;
      return 'password="hunter2"';
    };
    trace.add({ ...entry('a'), detail });
    expect(made).toBe(0);
    await Promise.resolve();
    expect(JSON.stringify([trace.entries(), trace.entries()])).not.toContain('hunter2');
    expect(made).toBe(1);
  });

  it('is followed until the follower stops', () => {
    const trace = new Trace(() => 0);
    const heard: string[] = [];
    const stop = trace.follow(({ label }) => void heard.push(`1 ${label}`));
    trace.follow(({ label }) => void heard.push(`2 ${label}`));
    trace.add(entry('a'));
    trace.entries();
    stop();
    stop();
    trace.add(entry('b'));
    trace.entries();
    expect(heard).toEqual(['1 a', '2 a', '2 b']);
  });

  it('a follower that fails breaks neither the others nor whoever traces', () => {
    const trace = new Trace(() => 0);
    const heard: string[] = [];
    trace.follow(() => {
      throw new Error('a window went wrong');
    });
    trace.follow(({ label }) => void heard.push(label));
    trace.add(entry('a'));
    expect(trace.entries()).toHaveLength(1);
    expect(heard).toEqual(['a']);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exclusively } from './lock.mjs';

describe('one set-up at a time', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('runs the second after the first, also when the first fails', async () => {
    const file = join(folder, 'below', 'lock');
    const order: string[] = [];
    const first = exclusively(file, async () => {
      order.push('first begins');
      await sleep(50);
      order.push('first ends');
      throw new Error('broken');
    });
    const second = exclusively(file, async () => {
      order.push('second');
    });
    await expect(first).rejects.toThrow('broken');
    await second;
    expect(order).toEqual(['first begins', 'first ends', 'second']);
  });

  it('takes over from a process that has ended', async () => {
    const file = join(folder, 'lock');
    // Above the highest process id that Linux, macOS or Windows hands out.
    writeFileSync(file, '2147483647');
    expect(await exclusively(file, async () => 'ran')).toBe('ran');
  });
});

import { describe, expect, it } from 'vitest';
import { type Phase, runPhases, type Step, summary } from './steps.ts';

const step = (name: string, missing?: string): Step => ({ name, command: ['true'], missing: () => missing });

async function check(phases: readonly Phase[], codes: Readonly<Record<string, number>> = {}) {
  const ran: string[] = [];
  const run = async ({ name }: Step): Promise<number> => {
    ran.push(name);
    return codes[name] ?? 0;
  };
  const results = await runPhases(phases, { run, now: () => 0, say: () => undefined });
  return { ran, results };
}

describe('the check', () => {
  it('goes on after a failure and fails at the end', async () => {
    const { ran, results } = await check([[[step('a'), step('b'), step('c')]]], { b: 1 });
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(summary(results, false)).toMatchObject({ ok: false });
    expect(summary(results, false).lines.at(-1)).toBe('2 passed, 1 failed, 0 skipped');
  });

  it('skips what cannot run here and says why', async () => {
    const { ran, results } = await check([[[step('a'), step('b', 'Wine is not installed')]]]);
    expect(ran).toEqual(['a']);
    expect(summary(results, false)).toMatchObject({ ok: true });
    expect(summary(results, false).lines[1]).toContain('Wine is not installed');
  });

  it('counts a skipped part as failed in CI', async () => {
    const { results } = await check([[[step('a'), step('b', 'Wine is not installed')]]]);
    expect(summary(results, true)).toMatchObject({ ok: false });
    expect(summary(results, true).lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('runs lanes side by side, and a phase only after the one before it', async () => {
    const ends = new Map<string, () => void>();
    const live = new Map<string, boolean>();
    const run = ({ name }: Step, alone: boolean): Promise<number> => {
      live.set(name, alone);
      return new Promise((resolve) => ends.set(name, () => resolve(0)));
    };
    const phases = [[[step('a')]], [[step('b1'), step('b2')], [step('c')]], [[step('d')]]];
    const over = runPhases(phases, { run, now: () => 0, say: () => undefined });
    const end = async (name: string): Promise<void> => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    };
    await end('a');
    expect([...ends.keys()]).toEqual(['a', 'b1', 'c']);
    await end('c');
    expect([...ends.keys()]).not.toContain('d');
    await end('b1');
    await end('b2');
    await end('d');
    expect((await over).map(({ name }) => name)).toEqual(['a', 'b1', 'b2', 'c', 'd']);
    expect(Object.fromEntries(live)).toEqual({ a: true, b1: false, b2: false, c: false, d: true });
  });

  it('fails when a step ends by a signal, and when nothing ran', async () => {
    const ports = { run: async () => null, now: () => 0, say: () => undefined };
    expect(summary(await runPhases([[[step('a')]]], ports), false).ok).toBe(false);
    expect(summary([], false).ok).toBe(false);
  });
});

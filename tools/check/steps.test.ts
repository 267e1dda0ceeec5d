import { describe, expect, it } from 'vitest';
import { runSteps, type Step, summary } from './steps.ts';

const step = (name: string, missing?: string): Step => ({ name, command: ['true'], missing: () => missing });

async function check(steps: readonly Step[], codes: Readonly<Record<string, number>> = {}) {
  const ran: string[] = [];
  const run = async ({ name }: Step): Promise<number> => {
    ran.push(name);
    return codes[name] ?? 0;
  };
  const results = await runSteps(
    steps,
    run,
    () => 0,
    () => undefined,
  );
  return { ran, results };
}

describe('the check', () => {
  it('goes on after a failure and fails at the end', async () => {
    const { ran, results } = await check([step('a'), step('b'), step('c')], { b: 1 });
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(summary(results, false)).toMatchObject({ ok: false });
    expect(summary(results, false).lines.at(-1)).toBe('2 passed, 1 failed, 0 skipped');
  });

  it('skips what cannot run here and says why', async () => {
    const { ran, results } = await check([step('a'), step('b', 'Wine is not installed')]);
    expect(ran).toEqual(['a']);
    expect(summary(results, false)).toMatchObject({ ok: true });
    expect(summary(results, false).lines[1]).toContain('Wine is not installed');
  });

  it('counts a skipped part as failed in CI', async () => {
    const { results } = await check([step('a'), step('b', 'Wine is not installed')]);
    expect(summary(results, true)).toMatchObject({ ok: false });
    expect(summary(results, true).lines.at(-1)).toBe('1 passed, 1 failed');
  });

  it('fails when a step ends by a signal, and when nothing ran', async () => {
    const killed = await runSteps(
      [step('a')],
      async () => null,
      () => 0,
      () => undefined,
    );
    expect(summary(killed, false).ok).toBe(false);
    expect(summary([], false).ok).toBe(false);
  });
});

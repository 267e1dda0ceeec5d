import { expect, test } from 'vitest';
import { runChecks } from './checks.ts';
import { imagesIn } from './images.ts';
import { readResult, writeResult } from './result.ts';
import { createScene, type Scene } from './scene.ts';
import { windowsChecks } from './windows-checks.ts';

const untouched = new Proxy({} as Scene, {
  get: () => () => Promise.reject(new Error('nothing may run here')),
});
const plan = windowsChecks({ system: '/nowhere', images: imagesIn('/nowhere'), scene: untouched });

/** The plan with checks that do nothing, one of which fails. */
async function play(failing: string) {
  const checks = plan.map((check) => ({
    ...check,
    run: () => (check.id === failing ? Promise.reject(new Error('no')) : Promise.resolve('')),
  }));
  return runChecks(
    checks,
    () => 0,
    () => undefined,
    (detail) => detail,
  );
}

test('the plan is in order, and its result is one that can be read', async () => {
  const checks = await play('none');
  const result = writeResult({
    version: '0.1.0',
    images: {},
    machine: { windows: '', architecture: 'x64', node: '' },
    startedAt: '2026-11-22T01:02:03Z',
    checks,
  });
  expect(readResult(result)).toMatchObject({ ok: true, result: { passed: true } });
});

test.each(plan.map(({ id }) => [id]))(
  'when %s fails, whatever was changed is taken back',
  async (failing) => {
    const outcomes = new Map((await play(failing)).map(({ id, outcome }) => [id, outcome]));
    for (const { id, undoes } of plan) {
      if (undoes === undefined || id === failing) continue;
      expect([id, outcomes.get(id)]).toEqual([id, outcomes.get(undoes) === 'not run' ? 'not run' : 'passed']);
    }
  },
);

test('nothing is placed on a machine that has Tapline', async () => {
  const outcomes = (await play('clean')).map(({ outcome }) => outcome);
  expect(outcomes[0]).toBe('failed');
  expect(new Set(outcomes.slice(1))).toEqual(new Set(['not run']));
});

test('the demo PBX and the companion work together as the checks need them', async () => {
  const scene = createScene();
  try {
    await scene.start();
    scene.answersSoon('0891234567');
    scene.callIn('0891234567');
    scene.hangUp('0891234567');
  } finally {
    await scene.stop();
  }
}, 60_000);

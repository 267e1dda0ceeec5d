import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ON_WINDOWS } from '../conformance/statements/on-windows.ts';
import { root } from '../native/compile.ts';
import { runChecks } from './checks.ts';
import { imagesIn } from './images.ts';
import { lacking, untried } from './refusals.ts';
import { readResult, writeResult } from './result.ts';
import { PHONE_SYSTEMS, type Scene } from './scene.ts';
import { VERB_STORIES } from './verb-stories.ts';
import { DONE_AT, VERBS } from './verbs.ts';
import { windowsChecks } from './windows-checks.ts';

const untouched = new Proxy({} as Scene, {
  get: () => () => Promise.reject(new Error('nothing may run here')),
});
const plan = windowsChecks({
  system: '/nowhere',
  system32Bit: '/nowhere',
  linesTable: '/nowhere/lines.table',
  images: imagesIn('/nowhere'),
  scene: untouched,
  start: () => {
    throw new Error('nothing may run here');
  },
  stopTelephony: () => undefined,
});

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

test('every verb is tried at both faces: done, or refused', () => {
  for (const system of PHONE_SYSTEMS) {
    const ids = plan.map(({ id }) => id);
    const played = VERB_STORIES.filter(({ id }) => ids.includes(`${system}-${id}`));
    const done = new Set(played.flatMap(({ verbs }) => verbs));
    expect(done).toEqual(DONE_AT[system]);
    expect(untried(system)).toEqual([]);
    expect(new Set([...done, ...lacking(system)])).toEqual(new Set(VERBS));
    expect(ids).toEqual(
      expect.arrayContaining([`${system}-caps`, `${system}-lacking`, `${system}-untimely`]),
    );
  }
});

/** What an item of a list needs to be shown on Windows: the names of its checks, or a person. */
type Shown = readonly [id: string, checks: readonly string[], person: boolean];

const conformance: readonly Shown[] = Object.entries(ON_WINDOWS).map(([id, { checks = [], person }]) => [
  id,
  checks,
  person !== undefined,
]);

const page = readFileSync(join(root, 'docs/attack-surface.md'), 'utf8');
const attacks: readonly Shown[] = [...page.matchAll(/^\| ([A-F]\d) \| (.*?) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, id = '', by = '']) => [
    id,
    [...by.matchAll(/`(.*?)`/g)].map(([, check = '']) => check),
    by === 'a person',
  ],
);

describe('what only Windows can show', () => {
  test('is all in the two lists', () => {
    expect(conformance.map(([id]) => id)).toEqual(Array.from({ length: 12 }, (_, at) => `R${at + 1}`));
    const named = page
      .slice(0, page.indexOf('## Checks on Windows'))
      .matchAll(/\| ([A-F]\d(?:, [A-F]\d)*) \|$/gm);
    const wanted = [...named].flatMap(([, ids = '']) => ids.split(', '));
    expect(new Set(wanted)).toEqual(new Set(attacks.map(([id]) => id)));
  });

  test.each([...conformance, ...attacks])(
    '%s has the checks that prove it, or a person',
    (id, checks, person) => {
      const proving = plan.filter(({ proves = [] }) => proves.includes(id)).map((check) => check.id);
      expect([...proving].sort()).toEqual([...checks].sort());
      expect(proving.length > 0 || person).toBe(true);
    },
  );

  test('proves nothing that no list has', () => {
    const known = new Set([...conformance, ...attacks].map(([id]) => id));
    expect(plan.flatMap(({ proves = [] }) => proves).filter((id) => !known.has(id))).toEqual([]);
  });
});

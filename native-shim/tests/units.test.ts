import { once } from 'node:events';
import { expect, test } from 'vitest';
import { buildTests } from '../../tools/native/build.ts';
import { buildWindowsTests } from '../../tools/native/windows-tests.ts';
import { builtForPlace, PLACE, spawnAtPlace } from './place.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Each C test by its name, and whether it held; the conformance page reads it from the report. */
    units?: Record<string, boolean>;
  }
}

/** Runs a program of this place to its end. @returns what it wrote, with CR LF as LF */
async function outputOf(program: string): Promise<{ out: string; complaint: string }> {
  const child = spawnAtPlace(program, [], {});
  let out = '';
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  await once(child, 'close');
  return { out: out.replaceAll('\r\n', '\n'), complaint };
}

async function build(): Promise<string> {
  if (PLACE === 'native') return buildTests();
  await builtForPlace();
  return buildWindowsTests(PLACE);
}

test('the C unit tests hold, natively under the sanitizers for addresses and undefined behaviour', async ({
  task,
}) => {
  const { out, complaint } = await outputOf(await build());
  const lines = [...out.matchAll(/^(ok|not ok) (\w+)$/gm)];
  task.meta.units = Object.fromEntries(lines.map(([, word, name]) => [name, word === 'ok']));
  expect(lines.length).toBeGreaterThan(30);
  expect(out, `${out}\n${complaint}`).toMatch(/^0 failed$/m);
  if (PLACE === 'native') expect(complaint).toBe('');
}, 300_000);

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { buildTests } from '../../tools/native/build.ts';

const run = promisify(execFile);

test('the C unit tests hold under the address and undefined-behaviour sanitizers', async () => {
  const program = await buildTests();
  const { stdout } = await run(program).catch((error: { stdout?: string; stderr?: string }) => {
    throw new Error(`${error.stdout ?? ''}\n${error.stderr ?? ''}`);
  });
  expect(stdout.match(/^ok /gm)?.length).toBeGreaterThan(30);
  expect(stdout).toMatch(/^0 failed$/m);
}, 120_000);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const RUN = join(import.meta.dirname, 'run.mjs');

describe('tools/run.mjs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-run-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function start(source: string, ...args: string[]): ChildProcess {
    const task = join(folder, 'task.ts');
    writeFileSync(task, source);
    return spawn(process.execPath, [RUN, task, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  }

  it('runs TypeScript with its arguments, and with this project’s programs on the PATH', async () => {
    const child = start(
      `import { delimiter } from 'node:path';
       const said: string = JSON.stringify([process.argv.slice(2), process.env.PATH?.split(delimiter).slice(0, 2)]);
       console.log(said);`,
      'one two',
      '--three',
    );
    const [args, path] = JSON.parse(await text(child.stdout as NonNullable<typeof child.stdout>));
    expect(args).toEqual(['one two', '--three']);
    expect(path[1]).toBe(join(import.meta.dirname, '..', 'node_modules/.bin'));
  });

  it('ends as the task ends', async () => {
    expect(await once(start('process.exit(7);'), 'close')).toEqual([7, null]);
    expect(
      await once(start("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);"), 'close'),
    ).toEqual([143, null]);
  });

  it('passes a signal on and waits for the task to end by itself', async () => {
    const child = start(
      "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');",
    );
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([5, null]);
  });
});

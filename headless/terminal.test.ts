import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapline-terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('ends without a word when nobody reads on, as under head', async () => {
  const phones = join(folder, 'phones.txt');
  // More than a pipe holds.
  writeFileSync(phones, Array.from({ length: 2_000 }, (_, at) => `PJSIP/${at} ${at}`).join('\n'));
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main, 'dial-plan', '--phones', phones]);
  let complained = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'close');
  expect(complained).toBe('');
  expect(code).toBe(141);
});

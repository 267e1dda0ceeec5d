/**
 * `headless test` as an administrator starts it: a process of its own, the password on its standard input.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { ANNA } from './signed-in.ts';

const MAIN = join(import.meta.dirname, '../../headless/main.ts');

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ users: [ANNA] });
});
afterEach(() => simulator.close());

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [printed, complained] = [text(child.stdout), text(child.stderr)];
  const code = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const end = async () => ({ code: await code, printed: await printed, complained: await complained });
  return { child, end };
}

/** Runs a test of Anna's account to its end. */
function run(password: string, ...words: readonly string[]) {
  const server = `127.0.0.1:${simulator.port}`;
  const { child, end } = start('test', '--server', server, '--user', 'anna', ...words);
  child.stdin.end(`${password}\n`);
  return end();
}

it('ends with 0 where the account can sign in, and never shows the password', async () => {
  const { code, printed, complained } = await run(
    ANNA.password,
    '--certificate',
    simulator.fingerprint,
    '--language',
    'de',
  );
  expect(printed.trimEnd().split('\n').at(-1)).toBe('Dieses Konto kann sich anmelden.');
  expect(printed).toMatch(/^Server finden +in Ordnung +\d+ ms {2}Der Server wurde gefunden\.$/m);
  expect(code).toBe(0);
  expect(complained).toBe('');
  expect(printed).not.toContain(ANNA.password);
});

it('ends with 1 where it cannot, and says in JSON why', async () => {
  const { code, printed } = await run('wrong', '--certificate', simulator.fingerprint, '--json');
  const lines = printed.trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    event: 'end',
    passed: false,
    problem: { code: 'wrongPassword', stage: 'signIn' },
  });
  expect(lines).toHaveLength(8);
  expect(code).toBe(1);
});

it.each([
  ['no password', '', [], 'The password is missing'],
  ['a word it does not know', 'x', ['--verbose'], '--verbose is unknown. Usage:'],
  ['a broken fingerprint', 'x', ['--certificate', 'AB'], "The certificate's fingerprint is unreadable"],
])('ends with 2 at %s, and asks no server', async (_what, password, words, sentence) => {
  const { code, printed, complained } = await run(password, '--language', 'en', ...words);
  expect(complained).toContain(sentence);
  expect(printed).toBe('');
  expect(code).toBe(2);
});

it('ends with 130 when it is interrupted, and leaves no session', async () => {
  simulator.faults.goSilent('bind');
  const server = `127.0.0.1:${simulator.port}`;
  const words = ['--user', 'anna', '--certificate', simulator.fingerprint, '--language', 'en'];
  const { child, end } = start('test', '--server', server, ...words);
  child.stdin.end(`${ANNA.password}\n`);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await expect.poll(() => printed, { timeout: 20_000 }).toContain('Encrypt');
  child.kill('SIGINT');
  const ended = await end();
  expect(ended.printed).toContain('The test was cancelled.');
  expect(ended.code).toBe(130);
  expect(simulator.sessions()).toEqual([]);
});

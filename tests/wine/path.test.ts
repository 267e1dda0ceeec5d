import { expect, it } from 'vitest';
import { companionKilled } from '../scenarios/companion-killed.ts';
import { runDemo } from '../scenarios/run-demo.ts';

it('shows every call with the real DLL over the real pipe, and the windows', async () => {
  const { code, output } = await runDemo();
  expect(output).toContain('in Windows Node under Wine, its windows in Chromium; the DLL for x64.');
  expect(output).toContain('Every step of every call was there, in order.');
  expect(code).toBe(0);
});

it('ends the call and takes the line out of service when the companion is killed', () =>
  companionKilled('wine'));

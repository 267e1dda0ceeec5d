import { expect, it } from 'vitest';
import { companionKilled } from '../scenarios/companion-killed.ts';
import { runDemo } from '../scenarios/run-demo.ts';

it('shows four calls with the real DLL over the real pipe', async () => {
  const { code, output } = await runDemo();
  expect(output).toContain('One companion in Windows Node under Wine, with the x64 DLL.');
  expect(output).toContain('Every step of every call was there, in order.');
  expect(code).toBe(0);
});

it('ends the call and takes the line out of service when the companion is killed', () =>
  companionKilled('wine'));

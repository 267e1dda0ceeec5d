import { expect, it } from 'vitest';
import { runDemo } from '../scenarios/run-demo.ts';

it('shows every call over the whole path', async () => {
  const { code, output } = await runDemo('--native', '--headless');
  expect(output).toContain('Every step of every call was there, in order.');
  expect(output.match(/LINE_CALLSTATE IDLE/g)).toHaveLength(5);
  expect(code).toBe(0);
});

it.each([
  ['pbx', 'PBX'],
  ['link', 'link'],
  ['host', 'TAPI'],
])('names the leg when the %s is broken', async (broken, leg) => {
  const { code, output } = await runDemo('--native', '--headless', `--break=${broken}`);
  expect(output).toContain(`The path is broken at the leg ${leg}.`);
  expect(output).not.toContain('Every step');
  expect(code).toBe(1);
});

it('shows no phone number of more than three digits', async () => {
  const { output } = await runDemo('--native', '--headless');
  const ladders = output.slice(output.indexOf('Incoming'));
  expect(ladders).not.toMatch(/\d{6,}/);
});

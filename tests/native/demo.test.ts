import { expect, it } from 'vitest';
import { runDemo } from '../scenarios/run-demo.ts';

it('shows every call over the whole path', async () => {
  const { code, output } = await runDemo('--native', '--headless');
  expect(output).toContain('Every step of every call was there, in order.');
  expect(output.match(/LINE_CALLSTATE IDLE/g)).toHaveLength(5);
  expect(code).toBe(0);
});

it('tells the same story at an Asterisk', async () => {
  const { code, output } = await runDemo('asterisk', '--native', '--headless');
  expect(output).toContain('Every step of every call was there, in order.');
  expect(output.match(/LINE_CALLSTATE IDLE/g)).toHaveLength(4);
  expect(output.slice(output.indexOf('Incoming'))).not.toMatch(/\d{6,}/);
  expect(code).toBe(0);
});

it('names the leg when the Asterisk is mute', async () => {
  const { code, output } = await runDemo('asterisk', '--native', '--headless', '--break=pbx');
  expect(output).toContain('The path is broken at the leg PBX.');
  expect(code).toBe(1);
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

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { EXIT, hindrance, parseArguments } from './arguments.ts';

const main = join(import.meta.dirname, 'main.ts');
const start = (...words: string[]) =>
  spawnSync(process.execPath, [...process.execArgv, main, ...words], { encoding: 'utf8' });

describe('the command line', () => {
  it('takes both options, in any order, or none', () => {
    expect(parseArguments([])).toEqual({ ok: true, options: {} });
    expect(parseArguments(['--result', 'r.json', '--build', 'out'])).toEqual({
      ok: true,
      options: { result: 'r.json', build: 'out' },
    });
  });

  it.each([
    [['--buld', 'x'], '--buld is unknown'],
    [['out'], 'out is unknown'],
    [['--build'], '--build lacks its value'],
    [['--build', ''], '--build lacks its value'],
    [['--build', '--result'], '--build lacks its value'],
    [['--build', 'a', '--build', 'b'], '--build is given twice'],
  ])('%j is refused', (words, problem) => {
    expect(parseArguments(words)).toEqual({ ok: false, problem });
  });

  it('ends with its code when it is not understood', () => {
    const { status, stderr } = start('--nonsense');
    expect(status).toBe(EXIT.usage);
    expect(stderr).toContain('--nonsense is unknown. Usage:');
  });
});

test('on anything but 64-bit Windows on x64 it says so', () => {
  expect(hindrance('win32', 'x64')).toBeUndefined();
  expect(hindrance('linux', 'x64')).toContain('this is linux on x64. Nothing was verified.');
  expect(hindrance('win32', 'arm64')).toContain('this is win32 on arm64. Nothing was verified.');
});

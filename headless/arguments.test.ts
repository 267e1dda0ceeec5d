import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

describe('the command line', () => {
  it.each([
    [['--control', '4000'], { controlPort: 4000, serveShim: true }],
    [['--control', '65535', '--no-shim'], { controlPort: 65_535, serveShim: false }],
    [['--no-shim', '--control', '1'], { controlPort: 1, serveShim: false }],
    [
      ['--socket', '/run/link', '--control', '4000'],
      { controlPort: 4000, serveShim: true, socket: '/run/link' },
    ],
  ])('%o', (words, options) => {
    expect(parseArguments(words)).toEqual({ ok: true, options });
  });

  it.each([
    [[], '--control needs a port'],
    [['--socket', '/run/link'], '--control needs a port'],
    ...['', '0', '65536', '-1', '1.5', '0x50', '1e3', ' 80', 'http'].map(
      (port) => [['--control', port], '--control needs a port'] as const,
    ),
    [['--control'], '--control lacks its value'],
    [['--control', '4000', '--socket'], '--socket lacks its value'],
    [['--socket', '--no-shim', '--control', '4000'], '--socket lacks its value'],
    [['--control', '4000', '--verbose'], '--verbose is unknown'],
    [['--control', '4000', 'run'], 'run is unknown'],
  ] as const)('%o is told what is wrong, and how it should be', (words, problem) => {
    const parsed = parseArguments(words);
    expect(parsed.ok ? '' : parsed.problem).toContain(problem);
    expect(parsed.ok ? '' : parsed.problem).toContain('Usage:');
  });

  it('never throws, and takes no port that is none', () => {
    const word = fc.oneof(fc.constantFrom('--control', '--socket', '--no-shim', '4000'), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const parsed = parseArguments(words);
        if (parsed.ok) expect(words).toContain(String(parsed.options.controlPort));
      }),
    );
  });
});

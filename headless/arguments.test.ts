import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const problemOf = (words: readonly string[]) => {
  const parsed = parseArguments(words);
  return parsed.ok ? '' : parsed.problem;
};

describe('the command line', () => {
  it.each([
    [['--control', '4000'], { controlPort: 4000, serveShim: true }],
    [['--control', '65535', '--no-shim'], { controlPort: 65_535, serveShim: false }],
    [['--no-shim', '--control', '1'], { controlPort: 1, serveShim: false }],
    [
      ['--socket', '/run/link', '--control', '4000'],
      { controlPort: 4000, serveShim: true, socket: '/run/link' },
    ],
  ])('%o runs a companion', (words, options) => {
    expect(parseArguments(words)).toEqual({ ok: true, command: 'run', options });
  });

  it.each([
    [['test', '--server', 'pbx', '--user', 'anna'], { server: 'pbx', user: 'anna', json: false }],
    [
      ['test', '--json', '--user', 'anna@stack7', '--server', '[fe80::1]:5223', '--domain', 'stack7'],
      { server: '[fe80::1]:5223', user: 'anna@stack7', domain: 'stack7', json: true },
    ],
    [
      ['test', '--server', 'pbx', '--user', 'anna', '--certificate', 'AA:BB', '--language', 'de'],
      { server: 'pbx', user: 'anna', certificate: 'AA:BB', language: 'de', json: false },
    ],
    [
      ['test', '--asterisk', '--server', 'pbx', '--user', 'tapline', '--phone', 'PJSIP/831', '--plain-text'],
      { server: 'pbx', user: 'tapline', asterisk: true, phone: 'PJSIP/831', plainText: true, json: false },
    ],
    [
      ['test', '--server', 'pbx', '--user', 't', '--phones', 'p.txt', '--context', 'office', '--asterisk'],
      { server: 'pbx', user: 't', asterisk: true, phones: 'p.txt', context: 'office', json: false },
    ],
  ])('%o tests an account', (words, options) => {
    expect(parseArguments(words)).toEqual({ ok: true, command: 'test', options });
  });

  it.each([
    [['test', '--server', 'pbx', '--user', 'a', '--phone', 'PJSIP/1'], '--phone is unknown'],
    [['test', '--server', 'pbx', '--user', 'a', '--plain-text'], '--plain-text is unknown'],
    [['test', '--asterisk', '--server', 'pbx', '--user', 'a'], '--phone or --phones is needed'],
    [
      ['test', '--asterisk', '--server', 'pbx', '--user', 'a', '--phone', 'SIP/1', '--phones', 'p'],
      '--phone or --phones is needed',
    ],
    [['test', '--asterisk', '--server', 'pbx', '--user', 'a', '--domain', 'x'], '--domain is unknown'],
    [['dial-plan'], '--phones is missing'],
    [['dial-plan', '--phones', 'p', '--language', 'fr'], '--language is de or en'],
    [['dial-plan', 'p'], 'a word stands there without its option'],
    [['manager-user', '--permit', '10.0.0.0/8'], '--user is missing'],
    [['manager-user', '--user', 'tapline'], '--permit is missing'],
    [
      ['manager-user', '--user', 't', '--permit', '10.0.0.1', '--screen-pop', '--phone-keys'],
      'exclude each other',
    ],
    [['manager-user', '--user', 't', '--permit', '10.0.0.1', '--secret', 'x'], '--secret is unknown'],
    [[], '--control needs a port'],
    [['--socket', '/run/link'], '--control needs a port'],
    ...['0', '65536', '-1', '1.5', '0x50', '1e3', ' 80', 'http'].map(
      (port) => [['--control', port], '--control needs a port'] as const,
    ),
    [['--control'], '--control lacks its value'],
    [['--control', ''], '--control lacks its value'],
    [['--control', '4000', '--socket'], '--socket lacks its value'],
    [['--socket', '--no-shim', '--control', '4000'], '--socket lacks its value'],
    [['--control', '4000', '--control', '4001'], '--control is given twice'],
    [['--no-shim', '--no-shim', '--control', '4000'], '--no-shim is given twice'],
    [['--control', '4000', '--verbose'], '--verbose is unknown'],
    [['--control', '4000', 'run'], 'a word stands there without its option'],
    [['--control', '4000', 'test'], 'a word stands there without its option'],
    [[''], 'a word stands there without its option'],
    [['--control', '4000', '--json'], '--json is unknown'],
    [['test'], '--server is missing'],
    [['test', '--server', 'pbx'], '--user is missing'],
    [['test', '--server', 'pbx', '--user', ''], '--user lacks its value'],
    [['test', '--server', 'pbx', '--user', 'anna', '--language', 'fr'], '--language is de or en'],
    [['test', '--server', 'pbx', '--user', 'anna', '--control', '4000'], '--control is unknown'],
    [['test', '--server', 'pbx', '--user', 'anna', 'x'], 'a word stands there without its option'],
    [['test', '--server', 'pbx', '--user', 'a'.repeat(5_000)], '--user is too long'],
  ] as const)('%o is told what is wrong, and how it should be', (words, problem) => {
    expect(problemOf(words)).toContain(problem);
    expect(problemOf(words)).toContain('Usage:');
  });

  it.each([[['--help']], [['test', '--help']], [['dial-plan', '--help']]])(
    '%o asks how it is used',
    (words) => {
      expect(parseArguments(words)).toEqual({ ok: true, command: 'help', options: {} });
    },
  );

  it('asks for nothing else beside help', () => {
    expect(problemOf(['test', '--server', '--help'])).toContain('--server lacks its value');
    expect(problemOf(['--help', '--no-shim'])).toContain('--help is unknown');
  });

  it('prints a dial plan, and a section of manager.conf', () => {
    expect(parseArguments(['dial-plan', '--phones', 'p.txt'])).toEqual({
      ok: true,
      command: 'dial-plan',
      options: { phones: 'p.txt' },
    });
    const words = ['manager-user', '--permit', '10.0.0.0/8,::1', '--user', 'tapline', '--screen-pop'];
    expect(parseArguments([...words, '--language', 'de'])).toEqual({
      ok: true,
      command: 'manager-user',
      options: {
        user: 'tapline',
        permit: '10.0.0.0/8,::1',
        screenPop: true,
        phoneKeys: false,
        language: 'de',
      },
    });
  });

  it.each([[['--password', 'hunter2']], [['--password=hunter2']], [['hunter2']]])(
    'takes no password, and does not repeat it: %o',
    (words) => {
      const problem = problemOf(['test', '--server', 'pbx', '--user', 'anna', ...words]);
      expect(problem).toContain('Usage:');
      expect(problem).not.toContain('hunter2');
    },
  );

  it('never throws, and takes nothing that was not given', () => {
    const names = [
      'test',
      '--asterisk',
      '--phone',
      'dial-plan',
      '--phones',
      'manager-user',
      '--permit',
      '--control',
      '--socket',
      '--no-shim',
      '--server',
      '--user',
      '--json',
      '4000',
    ];
    const word = fc.oneof(fc.constantFrom(...names), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const parsed = parseArguments(words);
        if (!parsed.ok) return;
        for (const value of Object.values(parsed.options))
          if (typeof value !== 'boolean') expect(words).toContain(String(value));
      }),
    );
  });
});

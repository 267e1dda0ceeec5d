import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAction } from './action.ts';
import { MAX_ACTION_HEADERS, MAX_ACTION_LINE } from './limits.ts';

describe('an action', () => {
  it('is written as Asterisk reads it', () => {
    const written = writeAction(
      {
        name: 'Originate',
        headers: [
          ['CallerID', 'Müller <1>'],
          ['Async', 'true'],
        ],
      },
      'x-1',
    );
    expect(written.ok && written.bytes.toString()).toBe(
      'Action: Originate\r\nActionID: x-1\r\nCallerID: Müller <1>\r\nAsync: true\r\n\r\n',
    );
  });

  it.each(['a\rb', 'a\nb', 'a\r\n\r\nAction: Logoff', 'a\0b'])(
    'refuses %j, and does not repeat it',
    (value) => {
      const written = writeAction({ name: 'Originate', headers: [['Channel', value]] }, '1');
      expect(written).toEqual({ ok: false, detail: expect.stringContaining('Channel') });
      expect(JSON.stringify(written)).not.toContain('a\\');
    },
  );

  it.each(['', 'A B', 'A:B', 'A\r\nB', 'Ä'])('refuses the header name %j', (name) => {
    expect(writeAction({ name: 'Ping', headers: [[name, 'x']] }, '1').ok).toBe(false);
  });

  it('refuses a name of its own that would be more than one', () => {
    expect(writeAction({ name: 'Ping\r\nAction: Logoff' }, '1').ok).toBe(false);
    expect(writeAction({ name: 'Ping' }, '1\r\nAction: Logoff').ok).toBe(false);
  });

  it('refuses more than Asterisk takes', () => {
    const long = 'x'.repeat(MAX_ACTION_LINE - 'A: \r\n'.length);
    expect(writeAction({ name: 'Ping', headers: [['A', long]] }, '1').ok).toBe(true);
    expect(writeAction({ name: 'Ping', headers: [['A', `${long}x`]] }, '1').ok).toBe(false);
    expect(writeAction({ name: 'Ping', headers: [['A', long.replace('xx', 'ä')]] }, '1').ok).toBe(true);
    const many = Array.from({ length: MAX_ACTION_HEADERS - 1 }, () => ['A', 'x'] as const);
    expect(writeAction({ name: 'Ping', headers: many }, '1').ok).toBe(false);
  });

  it('never is more than one, whatever is put into it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\0', ':', ' ', 'Action', 'ü') });
    fc.assert(
      fc.property(text, text, fc.array(fc.tuple(text, text)), (name, id, headers) => {
        const written = writeAction({ name, headers }, id);
        if (!written.ok) return;
        const lines = written.bytes.toString().split('\r\n');
        expect(lines).toHaveLength(headers.length + 4);
        expect(lines.slice(-2)).toEqual(['', '']);
        expect(lines.slice(0, -2).every((line) => line !== '')).toBe(true);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { redactCopied } from './copied-text.ts';
import { traceFileName, traceText } from './trace-text.ts';

const noCall = () => false;

describe('copied text', () => {
  it('hides numbers and secrets that the page showed', () => {
    expect(redactCopied('Zoë +49 89 12345678 called', noCall)).toBe('Zoë …78 called');
    expect(redactCopied('password: hunter2', noCall)).not.toContain('hunter2');
  });

  it('keeps times, durations and the ids of calls, which are needed to read it', () => {
    const text = '2026-11-21T09:30:05.123Z  1234.5  call 3405691582 from +4989123456 at 9:30:05,12';
    expect(redactCopied(text, (id) => id === 3_405_691_582)).toBe(
      '2026-11-21T09:30:05.123Z  1234.5  call 3405691582 from …56 at 9:30:05,12',
    );
  });

  it('takes an id that no call has for a number', () => {
    expect(redactCopied('call 3405691582', noCall)).toBe('call …82');
    expect(redactCopied('+49891234567', (id) => id === 1_234_567)).toBe('…67');
  });

  it('does not take part of a number for a duration', () => {
    expect(redactCopied('0991.29691.13', noCall)).toBe('…13');
  });
});

describe('the trace as text', () => {
  const row: TraceRow = {
    sequence: 1,
    at: Date.UTC(2026, 10, 21, 9, 30, 5, 123),
    leg: 'pbx',
    direction: 'in',
    account: 'acme',
    call: 7,
    label: 'base.ChannelEvent ringing',
    detail: '<message>\n  <cmd/>\r\n</message>',
  };

  it('is a line for each row, whatever is in it', () => {
    const text = traceText([row, { ...row, call: 0, account: '' }], {
      version: '0.1.0',
      platform: 'win32',
      savedAt: Date.UTC(2026, 10, 21, 10),
    });
    expect(text.split('\n')).toEqual([
      'Tapline 0.1.0 on win32',
      'Saved 2026-11-21T10:00:00.000Z, 2 entries',
      'time | leg | direction | account | call | what | detail',
      '2026-11-21T09:30:05.123Z | pbx | in | acme | 7 | base.ChannelEvent ringing | <message> ⏎   <cmd/> ⏎ </message>',
      '2026-11-21T09:30:05.123Z | pbx | in |  |  | base.ChannelEvent ringing | <message> ⏎   <cmd/> ⏎ </message>',
      '',
    ]);
  });

  it('has a file name that tells when', () => {
    expect(traceFileName(Date.UTC(2026, 10, 21, 9, 30, 5, 123))).toBe('tapline-trace-2026-11-21-093005.txt');
  });
});

import { describe, expect, it } from 'vitest';
import type { Originated } from '../originated.ts';
import { capture, phone, replay } from '../testing/story.ts';

/**
 * Recorded calls of dial plans with UserEvent(TAPI, ...), of which Asterisk's own events tell as well, or not. Each story
 * was written from the description of its capture (tests/asterisk/captures/*.md), not from what came out.
 */

const everybody = [
  phone('PJSIP/alice', '1001', 'Alice Ärmel'),
  phone('PJSIP/bob', '1002', 'Bob Builder'),
  phone('PJSIP/carol', '1003', 'Carol'),
];
const both = ['22', '16'];
const ended = (call: string, mode = 'normal') => [`${call}: disconnected ${mode}`, `${call}: idle`];
const asked = (id: string): Originated => ({
  id,
  line: 'PJSIP/alice',
  target: '90301234567',
  kind: 'dial',
  call: 7,
});

describe('both sources make one call', () => {
  it.each(both)('20-asttapi-classic-two-phones (%s)', (version) => {
    const lines = [
      phone('PJSIP/bob', '1002', 'Bob Builder', 'line_1'),
      phone('PJSIP/carol', '1003', 'Carol', 'line_2'),
    ];
    const told = replay(capture(version, '20-asttapi-classic-two-phones'), lines);
    expect(told.states).toEqual([
      'line_1 1: offering',
      'line_2 1: offering',
      'line_1 1: connected',
      ...ended('line_2 1', 'pickup'),
      ...ended('line_1 1'),
    ]);
    expect(told.ends).toEqual([
      'line_1 1: 0301234567 Zoë Müller > 150',
      'line_2 1: 0301234567 Zoë Müller > 150',
    ]);
  });

  it.each(both)('21-asttapi-classic-no-phones (%s)', (version) => {
    const lines = [phone('Local/ring-answer@sim/n', '', '', 'line_1')];
    const told = replay(capture(version, '21-asttapi-classic-no-phones'), lines);
    expect(told.states).toEqual(['line_1 1: offering', 'line_1 1: connected', ...ended('line_1 1')]);
  });

  it.each(both)('27-asttapi-outbound-click (%s)', (version) => {
    const packets = capture(version, '27-asttapi-outbound-click');
    const told = replay(packets, everybody, [asked('tapi-27-1')]);
    const call = 'PJSIP/alice 1';
    expect(told.states).toEqual([
      `${call}: dialtone`,
      `${call}: dialing`,
      `${call}: proceeding`,
      `${call}: ringback`,
      `${call}: connected`,
      ...ended(call),
    ]);
    expect(told.ends).toEqual([`${call}: 1001 Alice Ärmel > 0301234567`]);
    expect(told.reports.every((report) => report.call === 7)).toBe(true);
  });

  it.each(both)('28-asttapi-outbound-busy (%s)', (version) => {
    const packets = capture(version, '28-asttapi-outbound-busy');
    const told = replay(packets, everybody, [asked('tapi-28-1')]);
    expect(told.states).toEqual([
      'PJSIP/alice 1: dialtone',
      'PJSIP/alice 1: dialing',
      'PJSIP/alice 1: proceeding',
      'PJSIP/alice 1: busy',
      'PJSIP/alice 1: idle',
    ]);
  });

  it('30-asttapi-transferred: the call goes on at another line, under the same Uniqueid', () => {
    const told = replay(capture('22', '30-asttapi-transferred'), everybody);
    expect(told.states).toEqual([
      'PJSIP/bob 1: offering',
      'PJSIP/bob 1: connected',
      ...ended('PJSIP/bob 1'),
      'PJSIP/carol 1: offering',
      'PJSIP/carol 1: connected',
      ...ended('PJSIP/carol 1'),
    ]);
    expect(told.ends).toEqual([
      'PJSIP/bob 1: 0301234567 Zoë Müller > 100',
      'PJSIP/carol 1: 0301234567 Zoë Müller > 100 via 1002 Bob Builder',
    ]);
  });

  it('31-asttapi-pickup: by a line that was not announced', () => {
    const told = replay(capture('22', '31-asttapi-pickup'), everybody);
    expect(told.states).toEqual([
      'PJSIP/bob 1: offering',
      'PJSIP/carol 1: dialtone',
      'PJSIP/carol 1: dialing',
      'PJSIP/carol 1: proceeding',
      'PJSIP/carol 1: connected',
      ...ended('PJSIP/carol 1'),
      'PJSIP/carol 2: offering',
      'PJSIP/carol 2: connected',
      ...ended('PJSIP/bob 1', 'pickup'),
      ...ended('PJSIP/carol 2'),
    ]);
    expect(told.ends.at(-1)).toBe('PJSIP/carol 2: 0301234567 Zoë Müller > 1002 Bob Builder');
  });
});

describe('the dial plan alone', () => {
  it.each(both)('24-asttapi-modern-group (%s)', (version) => {
    const told = replay(capture(version, '24-asttapi-modern-group'), everybody);
    expect(told.states).toEqual([
      'PJSIP/bob 1: offering',
      'PJSIP/carol 1: offering',
      'PJSIP/carol 1: connected',
      ...ended('PJSIP/bob 1', 'pickup'),
      ...ended('PJSIP/carol 1'),
    ]);
    expect(told.ends).toEqual([
      'PJSIP/bob 1: 0301234567 Zoë Müller > 200',
      'PJSIP/carol 1: 0301234567 Zoë Müller > 200',
    ]);
  });

  it.each(both)('26-asttapi-internal-call (%s): one Uniqueid, two lines', (version) => {
    const told = replay(capture(version, '26-asttapi-internal-call'), everybody);
    expect(told.states).toEqual([
      'PJSIP/alice 1: dialtone',
      'PJSIP/alice 1: dialing',
      'PJSIP/alice 1: proceeding',
      'PJSIP/bob 1: offering',
      'PJSIP/bob 1: connected',
      'PJSIP/alice 1: connected',
      ...ended('PJSIP/bob 1'),
      ...ended('PJSIP/alice 1'),
    ]);
    expect(told.ends).toEqual(['PJSIP/alice 1: - > 1002', 'PJSIP/bob 1: 1001 Alice Ärmel > 1002']);
  });

  it.each(both)('36-asttapi-voicemail (%s): nobody answers, and the caller goes on', (version) => {
    const told = replay(capture(version, '36-asttapi-voicemail'), everybody);
    expect(told.states).toEqual(['PJSIP/bob 1: offering', ...ended('PJSIP/bob 1')]);
  });
});

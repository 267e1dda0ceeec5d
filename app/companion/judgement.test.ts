import { describe, expect, it } from 'vitest';
import type { EndedCall } from '../pbx/port.ts';
import {
  AWAY_LONGEST_MS,
  JOURNAL_SLACK_MS,
  RINGING_GRACE_MS,
  TALKING_GRACE_MS,
  UNVERIFIED_LONGEST_MS,
} from './deadlines.ts';
import { type Evidence, judge, type UnverifiedCall } from './judgement.ts';

const LOST = 1_000_000;
const BACK = LOST + 20_000;

const talking: UnverifiedCall = {
  id: 1,
  direction: 'inbound',
  number: '0991',
  answered: true,
  began: LOST - 40_000,
  lost: LOST,
};
const ringing: UnverifiedCall = { ...talking, id: 2, number: '0777', answered: false };
const held: UnverifiedCall = { ...talking, id: 3, direction: 'outbound', number: '832' };

const back: Evidence = { session: { online: true, since: BACK }, ended: [], talks: false };
const away: Evidence = { ...back, session: { online: false, since: LOST } };

/** The journal's entry of a call that went on until the session was lost. */
const entryOf = (call: UnverifiedCall, news: Partial<EndedCall> = {}): EndedCall => ({
  direction: call.direction,
  number: call.number,
  began: call.began,
  lasted: LOST - call.began,
  ...news,
});

const over = (calls: readonly UnverifiedCall[], evidence: Evidence, now = BACK) =>
  judge(calls, evidence, now).over.map(({ id, mode }) => `${id} ${mode}`);

describe('silence', () => {
  it('ends a call that rang after a short grace, one that talked after a long one', () => {
    const calls = [talking, ringing];
    expect(judge(calls, back, BACK)).toEqual({ over: [], next: BACK + RINGING_GRACE_MS });
    expect(over(calls, back, BACK + RINGING_GRACE_MS)).toEqual(['2 temporaryFailure']);
    expect(judge([talking], back, BACK + RINGING_GRACE_MS).next).toBe(BACK + TALKING_GRACE_MS);
    expect(over([talking], back, BACK + TALKING_GRACE_MS)).toEqual(['1 temporaryFailure']);
  });

  it('ends every call that is away too long', () => {
    expect(judge([talking, ringing], away, LOST)).toEqual({ over: [], next: LOST + AWAY_LONGEST_MS });
    expect(over([talking, ringing], away, LOST + AWAY_LONGEST_MS)).toEqual([
      '1 temporaryFailure',
      '2 temporaryFailure',
    ]);
  });

  it('ends every call at last, however often the session comes and goes', () => {
    const flapping: Evidence = {
      ...back,
      session: { online: true, since: LOST + UNVERIFIED_LONGEST_MS - 1 },
    };
    expect(judge([talking], flapping, LOST + UNVERIFIED_LONGEST_MS - 1).next).toBe(
      LOST + UNVERIFIED_LONGEST_MS,
    );
  });
});

describe('the phone', () => {
  it('is free: every unverified call is over', () => {
    expect(over([talking, ringing, held], { ...back, phone: 'free' })).toEqual([
      '1 normal',
      '2 normal',
      '3 normal',
    ]);
  });

  it('is in a call: what talked lives on, what rang does not', () => {
    const calls = [talking, ringing, held];
    const inCall: Evidence = { ...back, phone: 'inCall' };
    expect(over(calls, inCall, BACK + TALKING_GRACE_MS)).toEqual(['2 temporaryFailure']);
    expect(judge([talking, held], inCall, BACK + TALKING_GRACE_MS)).toEqual({
      over: [],
      next: LOST + UNVERIFIED_LONGEST_MS,
    });
    expect(over([talking], inCall, LOST + UNVERIFIED_LONGEST_MS), 'but not for ever').toEqual([
      '1 temporaryFailure',
    ]);
  });

  it('is in a call, and nothing talked before: what rang may have been answered', () => {
    expect(over([ringing], { ...back, phone: 'inCall' }, BACK + TALKING_GRACE_MS)).toEqual([]);
  });

  it('is in a call that is known: it speaks for no other', () => {
    const known: Evidence = { ...back, phone: 'inCall', talks: true };
    expect(over([talking], known), 'call waiting exists: nothing ends at once').toEqual([]);
    expect(over([talking], known, BACK + TALKING_GRACE_MS)).toEqual(['1 temporaryFailure']);
  });

  it('is absent: that says nothing', () => {
    expect(judge([talking], { ...back, phone: 'absent' }, BACK)).toEqual(judge([talking], back, BACK));
  });

  it('was in a call when the session went away again: that is old', () => {
    expect(over([talking], { ...away, phone: 'inCall' }, LOST + AWAY_LONGEST_MS)).toHaveLength(1);
  });
});

describe('the journal', () => {
  const judged = (calls: readonly UnverifiedCall[], ended: readonly EndedCall[], phone?: 'inCall') =>
    over(calls, { ...back, ended, ...(phone && { phone }) });

  it('has the call: it is over, whatever the phone does', () => {
    expect(judged([talking, ringing], [entryOf(talking)], 'inCall')).toEqual(['1 normal']);
  });

  it('spells the number its own way', () => {
    const call = { ...held, number: '0049991123456' };
    expect(judged([call], [entryOf(call, { number: '0991123456' })])).toEqual(['3 normal']);
  });

  it.each([
    ['another number', { number: '0666' }],
    ['the other direction', { direction: 'outbound' }],
    ['an earlier beginning', { began: talking.began - JOURNAL_SLACK_MS - 1 }],
    ['a later beginning', { began: talking.began + JOURNAL_SLACK_MS + 1 }],
    ['an end before the session was lost', { lasted: LOST - JOURNAL_SLACK_MS - 1 - talking.began }],
  ] as const)('has one with %s: it is another', (_, news) => {
    expect(judged([talking], [entryOf(talking, news)])).toEqual([]);
  });

  it('gives each entry to one call: the one whose beginning is nearest', () => {
    const again = { ...talking, id: 4, began: talking.began + 9_000 };
    const one = entryOf(talking, { began: talking.began + 1_000 });
    expect(judged([again, talking], [one])).toEqual(['1 normal']);
    const other = entryOf(again, { began: again.began + 3_000 });
    expect(judged([again, talking], [other, one]).sort()).toEqual(['1 normal', '4 normal']);
  });

  it('is named as the proof', () => {
    const ended = [entryOf(talking)];
    expect(judge([talking], { ...back, ended }, BACK).over).toEqual([
      { id: 1, mode: 'normal', proof: ended[0] },
    ]);
  });
});

describe('no call', () => {
  it('needs no judgement', () => expect(judge([], back, BACK)).toEqual({ over: [] }));
});

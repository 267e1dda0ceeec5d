import { describe, expect, it } from 'vitest';
import type { ChannelEvent, ChannelParty } from './codec/channel-event.ts';
import { channelReport, endedCall, pickupEvent } from './reports.ts';

const owner = { user: 'Anna', extension: '340' };
const party = (given: Partial<ChannelParty> = {}): ChannelParty => ({
  name: '',
  number: '',
  callerIdName: '',
  ...given,
});
const event = (given: Partial<ChannelEvent> = {}): ChannelEvent => ({
  eventType: 'ringing',
  channel: 'SIP/1',
  details: '',
  outbound: false,
  internal: false,
  source: party(),
  target: party(),
  from: party(),
  device: 'SIP anna',
  ...given,
});
const report = (given: Partial<ChannelEvent>) => channelReport(event(given), owner);

describe('channelReport', () => {
  it.each([
    ['ringing', { kind: 'ringing' }],
    ['busy', { kind: 'busy' }],
    ['hold', { kind: 'held' }],
    ['unhold', { kind: 'retrieved' }],
    ['rename', { kind: 'renamed' }],
    ['transfer', { kind: 'renamed' }],
    ['redirect', { kind: 'renamed' }],
    ['a-word-of-tomorrow', { kind: 'renamed' }],
    ['hangup', { kind: 'gone', cause: 'unsaid' }],
  ] as const)('tells %s', (eventType, what) => {
    expect(report({ eventType }).what).toEqual(what);
  });

  it.each([
    ['', 'unsaid'],
    ['Busy', 'busy'],
    ['no-answer', 'noAnswer'],
    ['NOANSWER', 'noAnswer'],
    ['answered-elsewhere', 'answeredElsewhere'],
    ['Call rejected', 'rejected'],
    ['redirected', 'forwarded'],
    ['congestion', 'failed'],
    ['constructor', 'unsaid'],
    ['the moon is full', 'unsaid'],
  ])('takes the cause from the details %j: %s', (details, cause) => {
    expect(report({ eventType: 'hangup', details }).what).toEqual({ kind: 'gone', cause });
  });

  it('takes the direction the PBX says, else the own extension', () => {
    const own = party({ number: '340' });
    expect(report({ outbound: true }).direction).toBe('outbound');
    expect(report({ outbound: false, source: own }).direction).toBe('inbound');
    expect(report({ outbound: undefined, source: own }).direction).toBe('outbound');
    expect(report({ outbound: undefined, target: own }).direction).toBe('inbound');
    expect(
      channelReport(event({ outbound: undefined, source: party() }), { user: 'x', extension: '' }).direction,
    ).toBe('inbound');
  });

  it('names the ends as TAPI does, by the caller id where there is one', () => {
    const told = report({
      source: party({ number: '370', name: 'Carl', callerIdName: 'Carl C.' }),
      target: party({ number: '340', name: 'Anna' }),
      from: party({ number: '300', name: 'Reception' }),
    });
    expect(told).toMatchObject({
      user: 'Anna',
      caller: { number: '370', name: 'Carl C.' },
      called: { number: '340', name: 'Anna' },
      redirecting: { number: '300', name: 'Reception' },
    });
  });

  it.each([
    ['anonymous', { number: '', name: '', withheld: true }],
    ['Anonymous', { number: '', name: '', withheld: true }],
    ['unknown', { number: '', name: 'x' }],
    ['<unknown>', { number: '', name: 'x' }],
    ['', { number: '', name: 'x' }],
    ['0991', { number: '0991', name: 'x' }],
  ])('takes the number %j', (number, caller) => {
    expect(report({ source: party({ number, name: 'x' }) }).caller).toEqual(caller);
  });
});

describe('pickupEvent', () => {
  const offered = { colleague: 'ben', target: '341', sourceName: 'Otto', sourceNumber: '0991' };

  it('tells an offer and its end', () => {
    expect(pickupEvent({ ...offered, eventType: 'ringing' }, owner)).toEqual({
      type: 'pickupOffered',
      offer: { user: 'Anna', target: '341', targetName: 'ben', caller: { number: '0991', name: 'Otto' } },
    });
    expect(pickupEvent({ ...offered, eventType: 'gone' }, owner)).toEqual({
      type: 'pickupGone',
      user: 'Anna',
      target: '341',
    });
  });
});

it.each([
  [true, '0991', { direction: 'inbound', number: '0991' }],
  [false, 'anonymous', { direction: 'outbound', number: '' }],
])('endedCall tells a call that was inbound: %s, with %s, in milliseconds', (inbound, number, told) => {
  const entry = {
    user: 'Anna',
    eventType: 'create',
    inbound,
    number,
    timestamp: 1_386_080_714_363,
    duration: 28,
  };
  expect(endedCall(entry)).toEqual({ ...told, began: 1_386_080_714_363, lasted: 28_000 });
});

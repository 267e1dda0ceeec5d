import { describe, expect, it } from 'vitest';
import type { TraceEntry } from '../../app/diagnostics/trace.ts';
import { anna, call } from '../testing/samples.ts';
import { MAX_FLOW_CALLS, MAX_FLOW_ROWS, TapiFlow } from './tapi-flow.ts';

const entry = (sequence: number, change: Partial<TraceEntry> = {}): TraceEntry => ({
  sequence,
  at: sequence * 10,
  leg: 'tapi',
  direction: 'out',
  call: 7,
  label: 'LINE_CALLSTATE OFFERING',
  detail: '',
  ...change,
});

describe('the TAPI flow of a line', () => {
  it('has the columns of the line watchers, with numbers hidden', () => {
    const flow = new TapiFlow();
    flow.call(call());
    flow.entry(entry(1));
    expect(flow.rows('acme/anna')).toEqual([
      {
        sequence: 1,
        at: 10,
        callId: 7,
        line: 'acme/anna',
        event: 'LINE_CALLSTATE OFFERING',
        callerId: '…78',
        calledId: '340',
        connectedId: '',
        direction: 'inbound',
      },
    ]);
    expect(flow.rows('acme/ben')).toEqual([]);
  });

  it('shows each row with the ends as they were then, and rows after the end with the last ones', () => {
    const flow = new TapiFlow();
    flow.call(call());
    flow.entry(entry(1));
    flow.call(call({ connected: anna }));
    flow.entry(entry(2));
    flow.entry(entry(3, { label: 'LINE_CALLSTATE IDLE' }));
    expect(flow.rows('acme/anna').map(({ connectedId }) => connectedId)).toEqual(['', '340', '340']);
  });

  it('leaves out other legs, other messages and calls nobody knows', () => {
    const flow = new TapiFlow();
    flow.call(call());
    flow.entry(entry(1, { leg: 'core' }));
    const { call: _, ...lineOnly } = entry(2);
    flow.entry(lineOnly);
    flow.entry(entry(3, { call: 8 }));
    expect(flow.rows('acme/anna')).toEqual([]);
  });

  it('keeps the newest rows and calls within its limits', () => {
    const flow = new TapiFlow();
    flow.call(call());
    for (let sequence = 1; sequence <= MAX_FLOW_ROWS * 2; sequence += 1) flow.entry(entry(sequence));
    const rows = flow.rows('acme/anna');
    expect([rows.length, rows.at(-1)?.sequence]).toEqual([MAX_FLOW_ROWS, MAX_FLOW_ROWS * 2]);

    for (let id = 100; id < 100 + MAX_FLOW_CALLS; id += 1) flow.call(call({ id, line: 'acme/ben' }));
    flow.entry(entry(1, { call: 100 }));
    flow.entry(entry(2, { call: 7 }));
    expect(flow.rows('acme/ben')).toHaveLength(1);
    expect(flow.rows('acme/anna').at(-1)?.sequence, 'the oldest call is forgotten').toBe(MAX_FLOW_ROWS * 2);
  });
});

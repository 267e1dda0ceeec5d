import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest } from './control-messages.ts';

const requests = [
  { op: 'signIn', account: { key: 'acme' }, password: 'x' },
  { op: 'dial', id: 1, line: 'acme/anna', target: '832' },
  { op: 'pickup', id: 0, line: 'acme/anna', target: '832' },
  { op: 'answer', id: 1, call: 0xffff_ffff },
  { op: 'drop', id: Number.MAX_SAFE_INTEGER, call: 17 },
  { op: 'stop' },
];

describe('a line of the control channel', () => {
  it.each(requests)('$op is a request', (request) => {
    expect(parseRequest(JSON.stringify(request))).toEqual(request);
  });

  it.each([
    '',
    'null',
    '"stop"',
    '[]',
    '{}',
    '{"op":"stop"',
    '{"op":"halt"}',
    '{"op":["stop"]}',
    '{"op":"toString"}',
    '{"op":"constructor"}',
    '{"op":"__proto__"}',
    '{"op":"signIn","account":{}}',
    '{"op":"signIn","account":{},"password":7}',
    '{"op":"dial","id":1,"line":"acme/anna"}',
    '{"op":"dial","id":1,"line":"acme/anna","target":832}',
    '{"op":"dial","line":"acme/anna","target":"832"}',
    '{"op":"dial","id":-1,"line":"acme/anna","target":"832"}',
    '{"op":"answer","id":1,"call":1.5}',
    '{"op":"answer","id":1,"call":4294967296}',
    '{"op":"answer","id":"1","call":1}',
    '{"op":"drop","id":1}',
    '{"op":"drop","id":1,"call":null}',
  ])('%s is none', (line) => {
    expect(parseRequest(line)).toBeUndefined();
  });

  it('whatever it is, it is a request or none: never an error', () => {
    const broken = fc
      .tuple(
        fc.constantFrom(...requests),
        fc.constantFrom('op', 'id', 'call', 'line', 'target', 'password'),
        fc.json(),
      )
      .map(([request, field, value]) => JSON.stringify({ ...request, [field]: JSON.parse(value) }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), broken), (line) => {
        const request = parseRequest(line);
        if (!request) return;
        expect(requests.map(({ op }) => op)).toContain(request.op);
        if (request.op === 'signIn' || request.op === 'stop') return;
        expect(Number.isSafeInteger(request.id)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

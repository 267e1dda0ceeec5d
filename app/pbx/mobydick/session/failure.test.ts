import { describe, expect, it } from 'vitest';
import { SessionFailure, type Stage } from '../../connection/failure.ts';
import { failureOf, streamFailure } from './failure.ts';

const error = (fields: object) => Object.assign(new Error('so it is'), fields);

describe('failureOf', () => {
  it.each([
    [error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'resolve', 'hostUnknown'],
    [error({ name: 'TimeoutError' }), 'bind', 'silent'],
    [error({ name: 'XMLError' }), 'signIn', 'wrongServer'],
    [error({ name: 'XMLError' }), 'online', 'lost'],
    [error({ name: 'StanzaError', condition: 'not-allowed' }), 'bind', 'accountRefused'],
    [error({ name: 'StanzaError', condition: 'conflict' }), 'bind', 'replaced'],
    [error({ code: 'ECONNRESET' }), 'bind', 'lost'],
  ] as const)('tells %s at %s as %s', (given, stage, code) => {
    const { problem } = failureOf(given, stage as Stage);
    expect(problem.code).toBe(code);
    expect(problem.detail).not.toBe('');
  });

  it('leaves a failure as it is', () => {
    const failure = new SessionFailure({ code: 'silent', stage: 'bind', detail: 'x' });
    expect(failureOf(failure, 'online')).toBe(failure);
  });
});

it.each([
  ['conflict', 'replaced', 'longWait'],
  ['host-unknown', 'wrongServer', 'backOff'],
  ['system-shutdown', 'lost', 'backOff'],
])('a stream error %s is told as %s', (condition, code, retry) => {
  expect(streamFailure(condition, '', 'online')).toMatchObject({ problem: { code }, retry });
});

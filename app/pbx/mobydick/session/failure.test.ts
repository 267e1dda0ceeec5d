import { describe, expect, it } from 'vitest';
import { failureOf, SessionFailure, type Stage, streamFailure } from './failure.ts';

const error = (fields: object) => Object.assign(new Error('so it is'), fields);

describe('failureOf', () => {
  it.each([
    [error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'resolve', 'hostUnknown'],
    [error({ code: 'ECONNREFUSED' }), 'connect', 'unreachable'],
    [error({ code: 'EHOSTUNREACH' }), 'resolve', 'unreachable'],
    [error({ code: 'ECONNRESET' }), 'tls', 'lost'],
    [error({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'tls', 'noEncryption'],
    [error({ code: 'ECONNRESET' }), 'online', 'lost'],
    [error({ name: 'TimeoutError' }), 'bind', 'silent'],
    [error({ name: 'XMLError' }), 'signIn', 'wrongServer'],
    [error({ name: 'XMLError' }), 'online', 'lost'],
    [error({ name: 'StanzaError', condition: 'not-allowed' }), 'bind', 'accountRefused'],
    [error({ name: 'StanzaError', condition: 'conflict' }), 'bind', 'replaced'],
    ['a mere text', 'online', 'lost'],
    [undefined, 'online', 'lost'],
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

import { describe, expect, it } from 'vitest';
import { describeError, networkFailure, SessionFailure, type Stage } from './failure.ts';

const error = (fields: object) => Object.assign(new Error('so it is'), fields);

describe('networkFailure', () => {
  it.each([
    [error({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'resolve', 'hostUnknown'],
    [error({ code: 'ECONNREFUSED' }), 'connect', 'unreachable'],
    [error({ code: 'EHOSTUNREACH' }), 'resolve', 'unreachable'],
    [error({ code: 'ECONNRESET' }), 'tls', 'lost'],
    [error({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'tls', 'noEncryption'],
    [error({ code: 'ECONNRESET' }), 'online', 'lost'],
    ['a mere text', 'online', 'lost'],
    [undefined, 'online', 'lost'],
  ] as const)('tells %s at %s as %s', (given, stage, code) => {
    const { problem } = networkFailure(given, stage as Stage);
    expect(problem.code).toBe(code);
    expect(problem.detail).not.toBe('');
  });

  it('leaves a failure as it is', () => {
    const failure = new SessionFailure({ code: 'silent', stage: 'bind', detail: 'x' });
    expect(networkFailure(failure, 'online')).toBe(failure);
  });
});

it('reads what an error says of itself, and nothing that is no text', () => {
  expect(describeError({ code: 7, message: 'x', condition: 'conflict' })).toEqual({
    name: '',
    code: '',
    syscall: '',
    condition: 'conflict',
    message: 'x',
    detail: 'x',
  });
});

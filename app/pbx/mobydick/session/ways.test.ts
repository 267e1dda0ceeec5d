import { describe, expect, it } from 'vitest';
import { type Refusal, type Way, waysLeft, waysTo } from './ways.ts';

const spelled = (ways: readonly Way[]) => ways.map(({ port, tls }) => `${port} ${tls}`);
const left = (refusals: readonly Refusal[], ...of: Parameters<typeof waysTo>) =>
  spelled(refusals.reduce<readonly Way[]>(waysLeft, waysTo(...of)));

describe('the ways to a server', () => {
  it.each([
    [undefined, '5222 starttls'],
    [5222, '5222 starttls'],
    [5223, '5223 direct'],
    [443, '443 starttls'],
  ])('begin for port %s with %s', (port, first) => {
    expect(spelled(waysTo(port, undefined))[0]).toBe(first);
  });

  it('begin with what worked, and keep the others', () => {
    const worked = { port: 5223, tls: 'direct' } as const;
    expect(spelled(waysTo(undefined, worked))).toEqual([
      '5223 direct',
      '5222 starttls',
      '5222 direct',
      '5223 starttls',
    ]);
    expect(spelled(waysTo(443, worked))).toEqual(['443 starttls', '443 direct']);
  });

  it('go on at the other port where one is shut', () => {
    expect(left(['shut'], undefined, undefined)).toEqual(['5223 direct', '5223 starttls']);
    expect(left(['shut', 'shut'], undefined, undefined)).toEqual([]);
    expect(left(['shut'], 5222, undefined)).toEqual([]);
  });

  it('go on at the same port where the other kind is spoken, and nowhere else', () => {
    expect(left(['otherKind'], undefined, undefined)).toEqual(['5222 direct']);
    expect(left(['shut', 'otherKind'], undefined, undefined)).toEqual(['5223 starttls']);
    expect(left(['otherKind', 'otherKind'], undefined, undefined)).toEqual([]);
    expect(left(['otherKind'], 443, undefined)).toEqual(['443 direct']);
    expect(left(['otherKind'], 443, { port: 443, tls: 'direct' })).toEqual(['443 starttls']);
  });
});

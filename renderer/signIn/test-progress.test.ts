import { describe, expect, it } from 'vitest';
import { testSteps } from '../testing/samples.ts';
import { noTest, stepEnded, stepState, testBegins, testEnded } from './test-progress.ts';

describe('the progress of a test', () => {
  it('counts a step once, and only while a test runs', () => {
    const [first, second] = testSteps;
    if (!first || !second) throw new Error('no samples');
    expect(stepEnded(noTest, first)).toBe(noTest);
    const one = stepEnded(testBegins, first);
    expect(stepEnded(one, first)).toBe(one);
    expect([stepState(one, 'name'), stepState(one, 'tcp'), stepState(one, 'tls')]).toEqual([
      'passed',
      'now',
      'pending',
    ]);
    const ended = testEnded(one, false);
    expect(stepEnded(ended, second)).toBe(ended);
    expect(stepState(ended, 'tcp')).toBe('pending');
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settled } from '../testing/scripted-pbx.ts';
import { TEST_DEADLINE, TEST_STEPS } from './connection-test.ts';
import type { PbxEvent, SessionProblem } from './port.ts';
import { ANNA, ConnectionTestRig, STAGES } from './testing/connection-test-rig.ts';

/** Anything a port can tell, in any order. */
const problem = fc.record({
  code: fc.constantFrom<SessionProblem['code'][]>('lost', 'unreachable', 'passwordMissing', 'wrongServer'),
  stage: fc.constantFrom(...STAGES, 'online' as const),
  detail: fc.constant(''),
});
const session = fc.oneof(
  fc.record({ state: fc.constant('connecting' as const), stage: fc.constantFrom(...STAGES) }),
  fc.record({ state: fc.constant('online' as const), resumed: fc.boolean() }),
  fc.record({ state: fc.constant('failed' as const), problem }),
  fc.constant({ state: 'stopped' } as const),
);
const event: fc.Arbitrary<PbxEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('session' as const), session }) },
  fc.constantFrom<PbxEvent[]>(
    { type: 'users', users: [ANNA] },
    { type: 'users', users: [] },
    { type: 'phone', user: 'Anna', phone: 'free' },
    { type: 'phone', user: 'Ben', phone: 'absent' },
  ),
);

it('tells each step once and in order, with a remedy exactly where one is needed, whatever comes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
      const rig = new ConnectionTestRig();
      const { told, pbx, clock } = rig;
      rig.start();
      for (const each of events) rig.say(each);
      clock.advance(TEST_DEADLINE);
      await settled();
      expect(told.map(({ step }) => step)).toEqual(TEST_STEPS);
      for (const { result, what, todo } of told) {
        expect(todo !== undefined).toBe(result === 'failed' || result === 'warned');
        for (const text of [what, todo]) if (text) expect(text.de).not.toBe(text.en);
      }
      const failed = rig.results.filter((result) => result === 'failed').length;
      expect(rig.result).toMatchObject({ steps: told, passed: failed === 0, cancelled: false });
      expect(failed).toBeLessThanOrEqual(1);
      expect([pbx.started, pbx.stopped, clock.waiting]).toEqual([1, 1, 0]);
    }),
  );
});

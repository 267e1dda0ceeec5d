import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from '../../testing/parse.ts';
import { StreamManagement } from './stream-management.ts';

function enabled(): StreamManagement {
  const management = new StreamManagement({ keepSeconds: 60, newId: () => 'id' });
  management.enable(parse("<enable xmlns='urn:xmpp:sm:3' resume='true'/>"));
  return management;
}

it('keeps exactly the stanzas after the last acknowledged one, in order, whatever is sent and acknowledged', () => {
  const step = fc.oneof(
    fc.constant('send' as const),
    fc.record({ of: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ beyond: fc.integer({ min: 1, max: 2 ** 31 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const management = enabled();
      let sent = 0;
      let acknowledged = 0;
      for (const action of steps) {
        if (action === 'send') management.keep(String(sent++));
        else if ('of' in action) {
          acknowledged += Math.floor(action.of * (sent - acknowledged));
          expect(management.acknowledge(String(acknowledged))).toBe(true);
        } else expect(management.acknowledge(String(sent + action.beyond))).toBe(false);
        const waiting = Array.from({ length: sent - acknowledged }, (_, index) =>
          String(acknowledged + index),
        );
        expect(management.unacknowledged).toEqual(waiting);
        expect(management.sent).toBe(sent);
      }
    }),
  );
});

it('neither counts nor keeps anything before it is enabled', () => {
  const management = new StreamManagement({ keepSeconds: 60, newId: () => 'id' });
  management.countReceived();
  management.keep('<iq/>');
  expect([management.received, management.sent, management.mustAsk()]).toEqual([0, 0, false]);
});

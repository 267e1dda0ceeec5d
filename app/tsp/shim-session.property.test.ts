import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedCommands } from '../testing/shim-commands.ts';
import { hello } from '../testing/shim-peer.ts';
import { ShimSession } from './shim-session.ts';

/** A stream that hands over bytes at once, so that an error would reach the test. */
class Wire extends EventEmitter {
  writableLength = 0;
  write = (): boolean => true;
  destroy = (): void => undefined;
}

const framed = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.nat({ max: 9 }), fc.uint8Array({ maxLength: 60 }))
  .map(([type, request, body]) => {
    const header = Buffer.alloc(9);
    header.writeUInt32LE(body.length, 0);
    header.writeUInt8(type, 4);
    header.writeUInt32LE(request, 5);
    return Buffer.concat([header, body]);
  });
const bytes = fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some));

it('whatever bytes come, the session closes at worst, once', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.oneof(framed, bytes)), (greeted, chunks) => {
      const wire = new Wire();
      let closings = 0;
      const closed = () => {
        closings += 1;
      };
      const deaf = { ready: () => {}, report: () => {}, received: () => {}, closed };
      const stream = wire as unknown as Duplex;
      new ShimSession({ stream, peer: 'fuzz' }, new ScriptedCommands(), deaf, new FakeClock());
      if (greeted) wire.emit('data', encodeFrame(hello));
      for (const chunk of chunks) wire.emit('data', chunk);
      expect(closings).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});

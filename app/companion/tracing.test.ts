import { expect, it } from 'vitest';
import { Tracing } from './tracing.ts';

it('keeps the lines of the shim’s own trace among what the link told', () => {
  const tracing = new Tracing(() => 0);
  tracing.received({ kind: 'lineOpened', line: 17, tspiVersion: 0x30001 });
  tracing.received({ kind: 'trace', line: 'link: connected' });
  expect(tracing.trace.entries().map(({ leg, direction, label }) => [leg, direction, label])).toEqual([
    ['link', 'in', 'lineOpened'],
    ['link', 'in', 'trace: link: connected'],
  ]);
});

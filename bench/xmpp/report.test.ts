import { describe, expect, it } from 'vitest';
import { renderSession } from './report.ts';

const rate = (perSecond: number) => ({ perSecond, processorUs: 1e6 / perSecond });
const at = (p50: number) => ({ count: 3, p50, p95: p50, p99: p50 + 1 });

describe('the report of the session', () => {
  it('shows a dash for what was not measured, and no figure', () => {
    const text = renderSession({}).join('\n');
    expect(text).not.toMatch(/NaN|undefined|\d \d/);
    expect(text).toMatch(/floor: [^\n]*-\s+-\s+-$/m);
    expect(text).toMatch(/growth\s+-$/m);
  });

  it('tells rates as parts of the floor, and growth with its sign', () => {
    const lines = renderSession({
      events: {
        parser: rate(50_000),
        stock: rate(40_000),
        tapline: rate(30_000),
        withShim: rate(20_000),
        stockPlain: rate(41_000),
        taplinePlain: rate(31_000),
        heap: { events: 1_000_000, calls: 230_000, before: 30 * 1_048_576, after: 28.5 * 1_048_576 },
      },
    });
    expect(lines.find((line) => line.includes('published call'))).toMatch(/30,000\s+33\.3\s+60 %/);
    expect(lines.find((line) => line.includes('growth'))).toMatch(/ -1\.5$/);
    expect(lines.find((line) => line.includes('events later'))).toMatch(/1,000,000 .* 230,000 .* 28\.5$/);
  });

  it('shows Prosody only where it was measured', () => {
    const client = { bound: at(50), greeted: at(60), question: at(700) };
    const lines = renderSession({ signIns: { simulator: { tapline: client, stock: client } } });
    expect(lines.find((line) => line.includes('PBX: a question'))).toMatch(/700\s+701\s+700\s+701$/);
    expect(lines.find((line) => line.includes('Prosody: a question'))).toMatch(/-\s+-\s+-\s+-$/);
  });
});

import { describe, expect, it } from 'vitest';
import { renderAmi } from './report.ts';

const rate = (perSecond: number) => ({
  perSecond,
  processorUs: 1e6 / perSecond,
  heapGrowth: -1.5 * 1_048_576,
});

describe('the report of the manager interface', () => {
  it('shows a dash for what was not measured, and no figure', () => {
    const text = renderAmi(undefined).join('\n');
    expect(text).not.toMatch(/NaN|undefined|Infinity|\d \d/);
    expect(text).toMatch(/published call +- +- +- +- +three times/);
  });

  it('compares with the faster of the peers, and nothing without one', () => {
    const rates = {
      session: rate(200_000),
      tapline: rate(30_000),
      'asterisk-manager': rate(20_000),
      'asterisk-ami-client': rate(10_000),
    };
    const lines = renderAmi({ userEvents: rates, everything: { tapline: rate(1_000) }, events: 500_000 });
    const rows = lines.filter((line) => line.includes('published call'));
    expect(rows[0]).toMatch(/30,000 +33\.3 +-1\.5 +1\.5 +three times/);
    expect(rows[1]).toMatch(/1,000 +1000\.0 +-1\.5 +- +three times/);
    expect(lines.find((line) => line.includes('only receiving'))).toMatch(/200,000 +5\.0 +-1\.5 +10\.0/);
    expect(lines.join('\n')).toContain('500,000 events');
  });
});

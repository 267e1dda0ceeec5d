import { describe, expect, it } from 'vitest';
import { type Flood, keptUp } from './flood-figures.ts';
import { renderWindow } from './report.ts';

const flood: Flood = { rate: 20_000, traced: 19_990, shown: 19_500, lag: 40, lost: '' };

describe('keptUp', () => {
  it.each<[string, Partial<Flood>, boolean]>([
    ['all in time', {}, true],
    ['a line lost', { lost: ' · lost: 1' }, false],
    ['the last line late', { lag: 251 }, false],
    ['too little traced to tell', { traced: 18_999 }, false],
  ])('%s', (_, change, expected) => {
    expect(keptUp({ ...flood, ...change })).toBe(expected);
  });
});

describe('the report of the windows', () => {
  it('shows a dash for what was not measured, and no figure', () => {
    const lines = renderWindow({});
    const painted = lines.find((line) => line.includes('popup painted'));
    expect(painted).toMatch(/painted\s+-\s+-\s+p95 at most 120$/);
    expect(lines.join('\n')).not.toMatch(/NaN|undefined/);
  });

  it('tells what tracing costs', () => {
    const at = (p50: number) => ({ count: 3, p50, p95: p50, p99: p50 });
    const traceCost = { traced: at(51), untraced: at(50), afterwards: at(20) };
    const lines = renderWindow({ traceCost, floods: [flood, { ...flood, lost: ' · lost: 7' }] });
    expect(lines.find((line) => line.startsWith('  the difference  '))).toMatch(/ 1\.00\s+2\.0 %/);
    expect(lines.filter((line) => line.includes('kept up'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('fell behind'))).toMatch(/lost: 7/);
  });
});

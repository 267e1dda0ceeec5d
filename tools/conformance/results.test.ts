import { describe, expect, it } from 'vitest';
import { readReports } from './results.ts';
import { UNITS_FILE } from './statement.ts';

const report = (file: string, ...tests: readonly object[]): string =>
  JSON.stringify({
    numTotalTests: tests.length,
    testResults: [{ name: `/project/${file}`, assertionResults: tests }],
  });
const ran = (title: string, status: string, ...ancestorTitles: readonly string[]) => ({
  ancestorTitles,
  title,
  status,
});

describe('the reports of a run', () => {
  it('name each test by its file and titles', () => {
    const { tests } = readReports(
      [
        report('a.test.ts', ran('rings', 'passed', 'a call', 'inbound')),
        report('b/c.test.ts', ran('ends', 'failed')),
      ],
      '/project',
    );
    expect([...tests]).toEqual([
      ['a.test.ts > a call > inbound > rings', 'passed'],
      ['b/c.test.ts > ends', 'failed'],
    ]);
  });

  it.each(['skipped', 'pending', 'todo', 'disabled'])(
    'say of a test that is %s that it did not run',
    (word) => {
      const { tests } = readReports([report('a.test.ts', ran('rings', word))], '/project');
      expect(tests.get('a.test.ts > rings')).toBe('not run');
    },
  );

  it('have the C unit tests in the meta data of their file alone', () => {
    const meta = { units: { handles_differ: true, texts_end: false } };
    const { units } = readReports(
      [
        report(UNITS_FILE, { ...ran('hold', 'failed'), meta }),
        report('other.test.ts', { ...ran('hold', 'passed'), meta: { units: { lines_ring: true } } }),
      ],
      '/project',
    );
    expect([...units]).toEqual([
      ['handles_differ', 'passed'],
      ['texts_end', 'failed'],
    ]);
  });

  it('that are none are refused', () => {
    expect(() => readReports(['{"testResults": 3}'], '/project')).toThrow();
    expect(() => readReports(['half a rep'], '/project')).toThrow();
  });
});

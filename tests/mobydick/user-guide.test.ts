/** docs/user/connect-mobydick.md and docs/admin/accounts.md say what the program says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RESULT_NAMES, STEP_NAMES, TEST_STEPS } from '../../app/pbx/connection-test.ts';
import { describeProblem, problemCodes } from '../../app/pbx/problems.ts';
import { USAGE } from '../../headless/arguments.ts';
import { EXIT } from '../../headless/test-command.ts';

const page = (path: string) => readFileSync(join(import.meta.dirname, '../../docs', path), 'utf8');
const guide = page('user/connect-mobydick.md');
const admin = page('admin/accounts.md');

/** `tooMuch` is told of Asterisk alone. */
const codes = problemCodes().filter((code) => code !== 'tooMuch');

describe('the user guide', () => {
  it.each(codes)('explains %s under its own words', (code) => {
    const said = (language: 'de' | 'en') =>
      describeProblem({ code, stage: 'connect', detail: '' }, language).what;
    expect(guide).toContain(`### ${said('en')} · *${said('de')}*`);
  });

  it('names every step of the connection test, in its order', () => {
    const rows = TEST_STEPS.map((step) => guide.indexOf(`\n| ${STEP_NAMES[step].en} |`));
    expect(rows).not.toContain(-1);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(guide).toContain(`*${RESULT_NAMES.warned.en}*`);
  });
});

describe("the administrator's page", () => {
  it('has every option of the test, and no other', () => {
    const usage = USAGE.slice(USAGE.indexOf('headless test'));
    const options = (text: string) => [...new Set(text.match(/--[a-z]+/g) ?? [])].sort();
    expect(options(admin)).toEqual([...options(usage), '--help'].sort());
  });

  it('has every exit code', () => {
    for (const code of Object.values(EXIT)) expect(admin).toContain(`\n| ${code} |`);
  });

  it('prints the steps as the program does', () => {
    for (const step of TEST_STEPS) expect(admin).toMatch(new RegExp(`^${STEP_NAMES[step].en} +passed`, 'm'));
  });
});

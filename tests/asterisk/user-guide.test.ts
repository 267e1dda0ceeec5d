/** docs/user/connect-asterisk.md says what the program says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SessionProblem } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';

const guide = readFileSync(new URL('../../docs/user/connect-asterisk.md', import.meta.url), 'utf8');

it.each<SessionProblem['code']>(['unreachable', 'wrongPassword', 'wrongServer', 'replaced'])(
  'explains %s under its own words',
  (code) => {
    const { what } = describeProblem({ code, stage: 'signIn', detail: '', pbx: 'asterisk' }, 'en');
    expect(guide).toContain(`*${what}*`);
  },
);

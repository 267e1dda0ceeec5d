/** The staged connection test at every Asterisk: what it passes, where it stops, and what it says is missing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AsteriskAccount } from '../../app/pbx/asterisk/account.ts';
import { createAsterisk, systemPorts } from '../../app/pbx/asterisk/asterisk.ts';
import {
  runConnectionTest,
  TEST_STEPS,
  type TestResult,
  type TestStepName,
} from '../../app/pbx/connection-test.ts';
import { MANAGERS, type Office, openOffice, releases } from './support/office.ts';
import { phoneLines } from './support/seat.ts';
import { accountFor, SHORT } from './support/session.ts';

const ALL = TEST_STEPS.map((step) => [step, 'passed']);

describe.each(releases())('the connection test at Asterisk $version', (release) => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice(release);
  });
  afterAll(() => office?.close());

  const test = (parts: Partial<AsteriskAccount>): Promise<TestResult> =>
    runConnectionTest(
      (listener) => createAsterisk(accountFor(office, parts), systemPorts, listener, SHORT),
      systemPorts,
      () => {},
      { pbx: 'asterisk' },
    );
  const outcomes = ({ steps }: TestResult) => steps.map(({ step, result }) => [step, result]);
  const said = ({ steps }: TestResult, name: TestStepName) => steps.find(({ step }) => step === name);

  it('passes with the generated manager user and a phone that is there', async () => {
    const result = await test({ lines: phoneLines('bob 832') });
    expect(outcomes(result)).toEqual(ALL);
    expect(result).toMatchObject({ passed: true, cancelled: false });
    await expect
      .poll(() => office.asterisk.console('manager show connected'), { timeout: 10_000 })
      .not.toContain(MANAGERS.usual);
  });

  it('stops at the sign-in with a wrong secret', async () => {
    const result = await test({ secret: async () => 'wrong' });
    expect(result).toMatchObject({ passed: false, problem: { code: 'wrongPassword', pbx: 'asterisk' } });
    const at = TEST_STEPS.indexOf('signIn');
    expect(outcomes(result)).toEqual(
      TEST_STEPS.map((step, n) => [step, n < at ? 'passed' : n === at ? 'failed' : 'skipped']),
    );
  });

  it('warns of rights that are missing, and names the classes', async () => {
    const result = await test({ user: MANAGERS.screenPop });
    expect(result.passed).toBe(true);
    const role = said(result, 'role');
    expect(role?.result).toBe('warned');
    expect(role?.todo?.en).toContain('"originate" at "write"');
    expect(role?.todo?.de).toContain('„call“ bei „write“');
  });

  it.each([
    ['that is not there', 'fones', 'bob 832'],
    ['that does not know the own number', 'phones', 'bob 4711'],
  ])('warns of a context %s', async (_, context, phone) => {
    const result = await test({ context, lines: phoneLines(phone) });
    expect(result.passed).toBe(true);
    expect(said(result, 'role')).toMatchObject({
      result: 'warned',
      what: { en: expect.stringContaining(`"${context}"`) },
      todo: { de: expect.stringContaining('dialplan show') },
    });
  });

  it.each([
    ['that nobody has set up', 'PJSIP/nobody'],
    ['of a technology that is not there', 'Telepathy/bob'],
  ])('warns of a phone %s', async (_, channel) => {
    const lines = [{ name: channel, channel, extension: '', person: '' }];
    const result = await test({ lines });
    expect(said(result, 'phone')?.result).toBe('warned');
    expect(said(result, 'phone')?.what.en).toContain("does not know this line's phone");
  });

  it('stops where nothing listens', async () => {
    const result = await test({ port: 9 });
    expect(said(result, 'tcp')?.result).toBe('failed');
    expect(result.problem?.code).toBe('unreachable');
  });
});

import { randomBytes } from 'node:crypto';
import { accountSession, besides } from '../../app/account-session.ts';
import { systemClock } from '../../app/clock.ts';
import {
  runConnectionTest,
  type TestOptions,
  type TestResult,
  type TestStep,
} from '../../app/pbx/connection-test.ts';
import type { Pbx, PbxListener, WireLine } from '../../app/pbx/port.ts';
import type { AccountSettings } from '../../app/settings/account.ts';

/** Makes a session for an account. */
export type Connect = (account: AccountSettings, password: string, listener: PbxListener) => Pbx;

/** What a test tells: its steps as they end, and what crosses the wire. */
export type ProbeListener = {
  readonly step: (step: TestStep) => void;
  readonly trace: (line: WireLine) => void;
};

/**
 * Tests an account and its password (app/pbx/connection-test.ts) beside a session that may be there: that one
 * stays.
 */
export function probeSignIn(
  account: AccountSettings,
  password: string,
  { step, trace }: ProbeListener,
  options: TestOptions = {},
  connect: Connect = connectAccount,
): Promise<TestResult> {
  const part = randomBytes(PART_BYTES).toString('hex');
  return runConnectionTest(
    ({ event }) => connect(besides(account, part), password, { event, trace }),
    { clock: systemClock },
    step,
    options,
  );
}

const PART_BYTES = 6;

const connectAccount: Connect = (account, password, listener) =>
  accountSession(account, async () => password, listener);

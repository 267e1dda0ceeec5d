import { randomBytes } from 'node:crypto';
import { systemClock } from '../../app/clock.ts';
import {
  runConnectionTest,
  type TestOptions,
  type TestResult,
  type TestStep,
} from '../../app/pbx/connection-test.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import type { Pbx, PbxListener, WireLine } from '../../app/pbx/port.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import { VERSION } from '../../app/version.ts';

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
  connect: Connect = connectMobydick,
): Promise<TestResult> {
  const resource = `tapline-test-${randomBytes(RESOURCE_BYTES).toString('hex')}`;
  return runConnectionTest(
    ({ event }) => connect({ ...account, resource }, password, { event, trace }),
    { clock: systemClock },
    step,
    options,
  );
}

/** A resource of each test's own: of two equal ones a server would end the older. */
const RESOURCE_BYTES = 6;

const connectMobydick: Connect = (account, password, listener) =>
  createMobydick({ ...account, password: async () => password }, listener, systemPorts(VERSION));

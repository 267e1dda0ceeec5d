import { afterEach, expect, it } from 'vitest';
import { runConnectionTest, TEST_STEPS, type TestResult } from '../../app/pbx/connection-test.ts';
import { createMobydick } from '../../app/pbx/mobydick/mobydick.ts';
import { systemPorts } from '../../app/pbx/mobydick/ports.ts';
import { ANNA } from '../mobydick/signed-in.ts';
import { DOMAIN } from './configuration.ts';
import { PATIENCE } from './person.ts';
import { type Prosody, startProsody } from './server.ts';

let server: Prosody;
afterEach(() => server.close());

async function test(password: string): Promise<TestResult> {
  server = await startProsody({ users: [ANNA] });
  const ports = systemPorts('0.0.1');
  const account = {
    host: '127.0.0.1',
    port: server.port,
    domain: DOMAIN,
    user: ANNA.name,
    password: async () => password,
    pinnedCertificate: server.fingerprint,
    resource: 'tapline-test',
  };
  return runConnectionTest(
    (listener) => createMobydick(account, listener, ports),
    ports,
    () => {},
  );
}
const results = ({ steps }: TestResult) => steps.map(({ step, result }) => [step, result]);

it('passes every step at a real server, and leaves no session behind', async () => {
  const result = await test(ANNA.password);
  expect(result).toMatchObject({ passed: true, cancelled: false });
  expect(results(result)).toEqual(TEST_STEPS.map((step) => [step, 'passed']));
  await expect.poll(server.pbx.sessions, PATIENCE).toEqual([]);
});

it('stops at the sign-in with a wrong password, and asks for nothing after it', async () => {
  const result = await test('wrong');
  expect(result).toMatchObject({ passed: false, problem: { code: 'wrongPassword' } });
  const signIn = TEST_STEPS.indexOf('signIn');
  expect(results(result).map(([, how]) => how)).toEqual(
    TEST_STEPS.map((_, index) => (index < signIn ? 'passed' : index === signIn ? 'failed' : 'skipped')),
  );
  expect(await server.pbx.heard()).toEqual([]);
});

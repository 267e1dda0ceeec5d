/** What tests of the connection test share: servers that end with the test, and what the test of an account says. */
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { systemClock } from '../../app/clock.ts';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import {
  runConnectionTest,
  TEST_STEPS,
  type TestOptions,
  type TestResult,
  type TestStep,
  type TestStepName,
} from '../../app/pbx/connection-test.ts';
import type { MobydickAccount } from '../../app/pbx/mobydick/account.ts';
import { createMobydick } from '../../app/pbx/mobydick/mobydick.ts';
import { systemPorts } from '../../app/pbx/mobydick/ports.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { ANNA, SHORT } from './signed-in.ts';

let simulator: Simulator | undefined;
let scripted: ScriptedServer | undefined;
let listener: NetServer | undefined;
const open = new Set<Socket>();

afterEach(async () => {
  await simulator?.close();
  await scripted?.close();
  for (const socket of open) socket.destroy();
  listener?.close();
  [simulator, scripted, listener] = [undefined, undefined, undefined];
});

export type Where = { readonly port: number; readonly fingerprint?: string };
export type How = {
  readonly account?: Partial<MobydickAccount>;
  readonly deadlines?: Partial<Deadlines>;
  readonly options?: TestOptions;
  readonly tell?: (step: TestStep) => void;
};

/** Tests Anna's account at a server, with short deadlines. */
export function test(
  { port, fingerprint }: Where,
  { account, deadlines, options, tell = () => undefined }: How = {},
): Promise<TestResult> {
  return runConnectionTest(
    (listening) =>
      createMobydick(
        {
          host: '127.0.0.1',
          port,
          user: ANNA.name,
          password: async () => ANNA.password,
          ...(fingerprint !== undefined && { pinnedCertificate: fingerprint }),
          resource: 'tapline-test',
          ...account,
        },
        listening,
        systemPorts('0.0.1'),
        { ...SHORT, ...deadlines },
      ),
    { clock: systemClock },
    tell,
    options,
  );
}

/** A simulator that is closed after the test. */
export const simulated = async (options: Partial<SimulatorOptions> = {}) => {
  simulator = await startSimulator({ users: [ANNA], ...options });
  return simulator;
};
/** A scripted server that is closed after the test. */
export const scriptedServer = async (script?: Script) => {
  scripted = await startScriptedServer(script);
  return scripted;
};
/** A server that says this to everybody, and nothing else; closed after the test. */
export const saying = (said: string) =>
  new Promise<Where>((resolve) => {
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => {}).write(said);
    });
    listener = server;
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ port: typeof address === 'object' && address ? address.port : 0 });
    });
  });

/** The steps as `tls passed`. */
export const results = ({ steps }: TestResult) => steps.map(({ step, result }) => `${step} ${result}`);
/** The results when `failing` is the first step that fails. */
export const stoppedAt = (failing: TestStepName) => {
  const at = TEST_STEPS.indexOf(failing);
  return TEST_STEPS.map(
    (step, index) => `${step} ${index < at ? 'passed' : index > at ? 'skipped' : 'failed'}`,
  );
};
/** What a person reads at a step, and what to do. */
export const read = ({ steps }: TestResult, name: TestStepName) => {
  const step = steps.find((one) => one.step === name);
  return { de: [step?.what.de, step?.todo?.de], en: [step?.what.en, step?.todo?.en] };
};

/** The demo PBX with both of its faces, and a companion that is signed in to them: what the lines are verified with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exchange } from '../../simulator/exchange/exchange.ts';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { type SimulatedUser, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type CompanionProcess, startCompanion, type Where } from '../rig/companion-process.ts';
import { MANAGER, type PhoneSystem, signInAt } from '../rig/phone-system.ts';
import { ANNA, BEN } from '../rig/rig.ts';

/** How long signing in may take, and a line to be there, in ms. */
export const READY_MS = 30_000;

/** Whose line each face serves. */
export const OWNER: Readonly<Record<PhoneSystem, SimulatedUser>> = { mobydick: ANNA, asterisk: BEN };
/** Somebody who has no line here. */
export const CARLA: SimulatedUser = {
  name: 'carla',
  fullName: 'Carla Costa',
  extension: '342',
  device: 'SIP carla',
  password: 'not needed',
};

export interface Scene {
  /** Starts all of it, and waits until the companion is signed in. */
  readonly start: () => Promise<void>;
  /** Ends what runs. */
  readonly stop: () => Promise<void>;
  /** Where the companion listens: the name of its pipe, or of its socket. */
  readonly endpoint: () => string;
  /** The Windows session whose pipe the companion serves. */
  readonly session: () => number;
  /** Waits until a shim is connected to the companion. */
  readonly linked: () => Promise<void>;
  /** Lets `connect` happen, and waits until the companion says that it turned somebody away. @returns its words */
  readonly turnsAway: (connect: () => void) => Promise<string>;
  /** Waits until the companion knows of a call that may be taken over. */
  readonly offered: () => Promise<void>;
  readonly exchange: () => Exchange;
}

export const PHONE_SYSTEMS = Object.keys(OWNER) as readonly PhoneSystem[];

/**
 * A scene where nothing runs yet.
 * @param systems the faces that the companion signs in to
 * @param where `wine`: the companion runs there, everything else on this machine
 */
export function createScene(systems = PHONE_SYSTEMS, where: Where = 'native'): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-verify-'));
  let pbx: Simulator | undefined;
  let companion: CompanionProcess | undefined;
  let endpoint = '';
  const running = <Part>(part: Part | undefined, what: string): Part => {
    if (part === undefined) throw new Error(`${what} does not run`);
    return part;
  };
  const control = () => running(companion, 'the companion').control;
  return {
    async start() {
      pbx = await startSimulator({
        users: [ANNA, BEN, CARLA],
        ami: { managers: [MANAGER] },
        certificate: shortLived(['mobydick', 'localhost', '127.0.0.1'], Date.now()),
      });
      // On Windows the pipe has its own name; the socket's is not used.
      companion = await startCompanion({ where, folder, socket: join(folder, 'companion.sock') });
      endpoint = (await control().report('ready', () => true, READY_MS)).endpoint;
      for (const system of systems) await signIn(control(), pbx, system);
    },
    async stop() {
      await companion?.stop();
      await pbx?.close();
      rmSync(folder, { recursive: true, force: true });
    },
    endpoint: () => endpoint,
    session: () => Number(/\.(\d+)$/.exec(endpoint)?.[1] ?? Number.NaN),
    linked: async () => void (await control().report('shims', ({ count }) => count > 0, READY_MS)),
    async turnsAway(connect) {
      const from = control().log.entries.length;
      connect();
      const told = await control().report(
        'trace',
        ({ entry }) => entry.label.includes('was turned away'),
        READY_MS,
        from,
      );
      return told.entry.label;
    },
    async offered() {
      const last = control().log.entries.findLastIndex((report) => report.event === 'offers');
      await control().report('offers', ({ offers }) => offers.length > 0, READY_MS, Math.max(last, 0));
    },
    exchange: () => running(pbx, 'the demo PBX').exchange,
  };
}

type Control = CompanionProcess['control'];

async function signIn(control: Control, pbx: Simulator, system: PhoneSystem): Promise<void> {
  const from = control.log.entries.length;
  const { account, password } = signInAt(pbx, system, system, OWNER[system]);
  control.send({ op: 'signIn', account, password });
  const decided = control.report(
    'session',
    ({ account: key, session }) =>
      key === system && (session.state === 'online' || session.state === 'failed'),
    READY_MS,
    from,
  );
  const refused = control
    .report('refused', () => true, READY_MS, from)
    .then(({ problem }) => Promise.reject(new Error(`the companion refused: ${problem}`)));
  refused.catch(() => undefined);
  const { session } = await Promise.race([decided, refused]);
  if (session.state === 'failed') throw new Error(`signing in to ${system} failed: ${session.problem.code}`);
}

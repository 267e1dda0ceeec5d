/** What the checks play with: the demo PBX, and a companion without a window that is signed in to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type CompanionProcess, startCompanion } from '../rig/companion-process.ts';
import { ANNA, BEN } from '../rig/rig.ts';
import type { Lineprobe, ProbeLine } from './lineprobe.ts';

/** How long signing in may take, and a line to be there, in ms. */
const READY_MS = 30_000;
const LOOK_AGAIN_MS = 250;

export interface Scene {
  /** Starts both, and waits until the companion is signed in. */
  readonly start: () => Promise<void>;
  /** Ends what runs. */
  readonly stop: () => Promise<void>;
  /** The Windows session whose pipe the companion serves. */
  readonly session: () => number;
  /** Anna's line as lineprobe shows it, as soon as it is there. */
  readonly line: (probe: Lineprobe) => Promise<ProbeLine>;
  /** Somebody outside calls Anna. */
  readonly callIn: (number: string) => void;
  /** Whoever calls hangs up. */
  readonly hangUp: (number: string) => void;
  /** The party outside answers when it is called. */
  readonly answersSoon: (number: string) => void;
}

/** A scene where nothing runs yet. */
export function createScene(): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-verify-'));
  let pbx: Simulator | undefined;
  let companion: CompanionProcess | undefined;
  let endpoint = '';
  const outside = () => {
    if (!pbx) throw new Error('the demo PBX does not run');
    return pbx.exchange.outside;
  };
  return {
    async start() {
      pbx = await startSimulator({ users: [ANNA, BEN] });
      // On Windows the pipe has its own name; the socket's is not used.
      companion = await startCompanion({ where: 'native', folder, socket: join(folder, 'unused') });
      endpoint = (await companion.control.report('ready', () => true, READY_MS)).endpoint;
      const { host, port, domain, fingerprint } = pbx;
      const account = {
        key: 'demo',
        host,
        port,
        domain,
        user: ANNA.name,
        pinnedCertificate: fingerprint,
        resource: 'tapline-verify',
      };
      companion.control.send({ op: 'signIn', account, password: ANNA.password });
      const decided = companion.control.report(
        'session',
        (report) => report.session.state === 'online' || report.session.state === 'failed',
        READY_MS,
      );
      const refused = companion.control
        .report('refused', () => true, READY_MS)
        .then(({ problem }) => Promise.reject(new Error(`the companion refused: ${problem}`)));
      refused.catch(() => undefined);
      const { session } = await Promise.race([decided, refused]);
      if (session.state === 'failed') throw new Error(`signing in failed: ${session.problem.code}`);
    },
    async stop() {
      await companion?.stop();
      await pbx?.close();
      rmSync(folder, { recursive: true, force: true });
    },
    session: () => Number(/\.(\d+)$/.exec(endpoint)?.[1] ?? Number.NaN),
    line: (probe) => waitForLine(probe),
    callIn(number) {
      const result = outside().call(number, 'Zoë Zimmer', ANNA.extension);
      if (!result.ok) throw new Error(`the demo PBX did not place the call: ${result.code}`);
    },
    hangUp: (number) => void outside().hangUp(number),
    answersSoon: (number) =>
      outside().set(number, { kind: 'answers', ringAfterMs: 150, afterMs: 400 }, 'Customer'),
  };
}

/** Lines can appear while a program runs: it is looked for until it is there. */
async function waitForLine(probe: Lineprobe): Promise<ProbeLine> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const from = probe.mark;
    await probe.command('lines');
    const found = probe.log.entries
      .slice(from)
      .find(({ kind, name }) => kind === 'line' && String(name).startsWith(ANNA.fullName));
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error('the line is not there');
}

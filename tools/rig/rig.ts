import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { type SimulatedUser, type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { architectureAt, type CompanionProcess, startCompanion, type Where } from './companion-process.ts';
import { HostProcess } from './host-process.ts';
import { MANAGER, type PhoneSystem, type SignInAt, signInAt } from './phone-system.ts';
import { wineFor } from './wine-places.ts';

const root = join(import.meta.dirname, '../..');

/** Who is on the embedded PBX: the companion signs in as the first one. */
export const ANNA: SimulatedUser = {
  name: 'anna',
  fullName: 'Anna Müller',
  extension: '340',
  device: 'SIP anna',
  password: 'Grüße, 4711!',
};
export const BEN: SimulatedUser = {
  name: 'ben',
  fullName: 'Ben Olsen',
  extension: '341',
  device: 'SIP ben',
  password: 'not needed',
};

/** The key of Anna's line. */
export const LINE = 'demo/anna';

/** Folder of the DLL and its host for one kind of run. */
export const buildFolder = (where: Where): string =>
  join(root, 'out', where === 'native' ? 'native' : architectureAt(where));

/** How long one part may take to be there, in ms. */
const PART_MS = 10_000;

/** The whole path on real parts: PBX, one companion, the DLL in its host. */
export class Rig {
  /** The project's folder. */
  readonly root = root;
  readonly where: Where;
  readonly pbx: Simulator;
  readonly system: PhoneSystem;
  readonly socket: string;
  readonly #folder: string;
  companion: CompanionProcess | undefined;
  host: HostProcess | undefined;

  private constructor(where: Where, pbx: Simulator, system: PhoneSystem, folder: string) {
    this.where = where;
    this.pbx = pbx;
    this.system = system;
    this.#folder = folder;
    this.socket = join(folder, 'companion.sock');
  }

  /** Starts the PBX; the other parts are started one by one. */
  static async start(where: Where, system: PhoneSystem = 'mobydick'): Promise<Rig> {
    if (where !== 'native') wineFor(architectureAt(where)).start();
    const folder = mkdtempSync(join(tmpdir(), 'tapline-'));
    mkdirSync(folder, { recursive: true });
    const asterisk = system === 'asterisk' && {
      ami: { managers: [MANAGER] },
      // A person reads whose certificate it is.
      certificate: shortLived(['asterisk', 'localhost', '127.0.0.1'], Date.now()),
    };
    return new Rig(where, await startSimulator({ users: [ANNA, BEN], ...asterisk }), system, folder);
  }

  async startCompanion(serveShim = true): Promise<CompanionProcess> {
    const { where, socket } = this;
    this.companion = await startCompanion({ where, folder: this.#folder, socket, serveShim });
    return this.companion;
  }

  /** How Anna signs in. */
  get anna(): SignInAt {
    return signInAt(this.pbx, this.system, 'demo', ANNA);
  }

  /** Signs Anna in and waits until she is online; rejects when the companion gives up. */
  async signIn(password = this.anna.password): Promise<void> {
    const { account } = this.anna;
    this.companion?.control.send({ op: 'signIn', account, password });
    const decided = await this.companion?.control.report(
      'session',
      ({ session }) => session.state === 'online' || session.state === 'failed',
      PART_MS,
    );
    if (decided?.session.state === 'failed')
      throw new Error(`signing in failed: ${decided.session.problem.code}`);
  }

  /** Starts the host and waits until it has loaded the DLL. */
  async startHost(): Promise<HostProcess> {
    const { where, socket } = this;
    const host = new HostProcess({ where, socket, build: buildFolder(where) });
    this.host = host;
    const loaded = host.log.wait(
      'TSPI_providerInit',
      (line) => line['command'] === 'providerInit' && line['result'] === '0x0',
      PART_MS,
    );
    const ended = host.exited.then((code) => Promise.reject(new Error(`the test host ended with ${code}`)));
    ended.catch(() => undefined);
    await Promise.race([loaded, ended]);
    return host;
  }

  /** Waits for LINE_CREATE and opens the line. */
  async openLine(): Promise<void> {
    await this.host?.log.wait('LINE_CREATE', (line) => line.kind === 'lineCreate', PART_MS);
    await this.host?.command('open first');
  }

  /** Ends every part, in the order of a shutdown, and leaves nothing behind. @returns the host's exit code */
  async stop(): Promise<number | null> {
    const code = (await this.host?.quit()) ?? null;
    await this.companion?.stop();
    await this.pbx.close();
    rmSync(this.#folder, { recursive: true, force: true });
    return code;
  }
}

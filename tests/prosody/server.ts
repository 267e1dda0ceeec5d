/** A real Prosody as an ordinary process: on loopback, with its own configuration, data and certificate. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { configuration, DOMAIN, type Place, type ProsodyOptions } from './configuration.ts';
import { type Control, controlAt } from './control.ts';

export type Prosody = {
  /** The same through all restarts. */
  readonly port: number;
  /** SHA-256 of the certificate it shows now. */
  readonly fingerprint: string;
  /** The same certificate, PEM. */
  readonly certificate: string;
  readonly pbx: Control;
  /** Ends it in good order: clients are told. */
  readonly stop: () => Promise<void>;
  /** Ends it as a power cut would, as far as one process can show that. */
  readonly kill: () => Promise<void>;
  /** Starts it again after `stop` or `kill`. */
  readonly start: () => Promise<void>;
  /** Stops the process in its tracks: its connections stand, and nothing moves. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** A new certificate, shown from the next `start` on. */
  readonly changeCertificate: () => void;
  /** Ends it and removes its folder. */
  readonly close: () => Promise<void>;
};

const MODULES = fileURLToPath(new URL('.', import.meta.url));
const START_MS = 20_000;
const STOP_MS = 10_000;
const POLL_MS = 20;

export async function startProsody(options: ProsodyOptions): Promise<Prosody> {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-prosody-'));
  mkdirSync(join(folder, 'data'));
  const [port, controlPort] = await freePorts();
  const place: Place = { folder, modules: MODULES, port, controlPort };
  const pbx = controlAt(place.controlPort);
  const file = join(folder, 'prosody.cfg.lua');
  writeFileSync(file, configuration(place, options));
  let shown = shortLived([options.domain ?? DOMAIN], Date.now());
  let child: ChildProcess | undefined;

  const writeCertificate = () => {
    writeFileSync(join(folder, 'server.crt'), shown.certPem);
    writeFileSync(join(folder, 'server.key'), shown.keyPem, { mode: 0o600 });
  };

  // A test run that is broken off takes its servers with it.
  const leave = () => child?.kill('SIGKILL');
  process.once('exit', leave);

  const start = async () => {
    let printed = '';
    const started = spawn('prosody', ['-F', '--config', file], { stdio: ['ignore', 'pipe', 'pipe'] });
    started.stdout.on('data', (chunk) => (printed += chunk));
    started.stderr.on('data', (chunk) => (printed += chunk));
    started.on('error', (error) => (printed += `${error.message}: is it installed (npm run setup)?`));
    child = started;
    for (let waited = 0; waited < START_MS; waited += POLL_MS) {
      if (started.pid === undefined || started.exitCode !== null) break;
      if (await pbx.hello().then(yes, no)) return;
      await sleep(POLL_MS);
    }
    await end('SIGKILL');
    throw new Error(`Prosody did not start: ${printed}\n${log()}`);
  };

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child;
    child = undefined;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGCONT');
    ending.kill(signal);
    const late = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(late);
  };

  const log = () => {
    try {
      return readFileSync(join(folder, 'prosody.log'), 'utf8').split('\n').slice(-20).join('\n');
    } catch {
      return 'it wrote no log';
    }
  };

  const close = async () => {
    await end('SIGKILL');
    process.off('exit', leave);
    rmSync(folder, { recursive: true, force: true });
  };

  writeCertificate();
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port: place.port,
    get fingerprint() {
      return shown.fingerprint;
    },
    get certificate() {
      return shown.certPem;
    },
    pbx,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    changeCertificate: () => {
      shown = shortLived([options.domain ?? DOMAIN], Date.now());
      writeCertificate();
    },
    close,
  };
}

const yes = () => true;
const no = () => false;

/** Two ports that are free now. Prosody does not tell which ones it got, so it cannot be asked to choose. */
async function freePorts(): Promise<[number, number]> {
  const listeners = [createServer(), createServer()] as const;
  const listening = (listener: Server) =>
    new Promise<number>((resolve, reject) => {
      listener.on('error', reject);
      listener.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  // Both are held until both are known, or they could be the same.
  const ports = [await listening(listeners[0]), await listening(listeners[1])] as [number, number];
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}

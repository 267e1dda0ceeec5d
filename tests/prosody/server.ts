/** A real Prosody as an ordinary process: on loopback, with its own configuration, data and certificate. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { shortLived } from '../../simulator/mobydick/certificate.ts';
import { freePorts, ServerProcess } from '../../tools/rig/server-process.ts';
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
  const server = new ServerProcess();

  const writeCertificate = () => {
    writeFileSync(join(folder, 'server.crt'), shown.certPem);
    writeFileSync(join(folder, 'server.key'), shown.keyPem, { mode: 0o600 });
  };

  const start = async () => {
    server.spawn('prosody', ['-F', '--config', file], ': is it installed (npm run setup)?');
    for (let waited = 0; waited < START_MS; waited += POLL_MS) {
      if (server.over) break;
      if (await pbx.hello().then(yes, no)) return;
      await sleep(POLL_MS);
    }
    await server.end('SIGKILL');
    throw new Error(`Prosody did not start: ${server.printed}\n${log()}`);
  };

  const log = () => {
    try {
      return readFileSync(join(folder, 'prosody.log'), 'utf8').split('\n').slice(-20).join('\n');
    } catch {
      return 'it wrote no log';
    }
  };

  const close = async () => {
    await server.close();
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
    stop: () => server.end('SIGTERM'),
    kill: () => server.end('SIGKILL'),
    start,
    freeze: server.freeze,
    thaw: server.thaw,
    changeCertificate: () => {
      shown = shortLived([options.domain ?? DOMAIN], Date.now());
      writeCertificate();
    },
    close,
  };
}

const yes = () => true;
const no = () => false;

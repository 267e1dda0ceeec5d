/** A real Asterisk as an ordinary process: on loopback, with its own configuration and temporary folder. */
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts, ServerProcess } from '../rig/server-process.ts';
import { BASE_FILES, baseConfiguration, modulesFile } from './configuration.ts';
import type { Installation } from './installation.ts';

/** Where one server keeps its things, and where it listens. */
export type Place = {
  readonly folder: string;
  /** Its configuration files. */
  readonly etc: string;
  readonly major: number;
  /** AMI without and with TLS, TCP. */
  readonly ami: number;
  readonly amiTls: number;
  /** SIP, UDP. */
  readonly sip: number;
};

/** What a test decides about a server: modules beyond the base, and configuration files by name. */
export type Configuration = {
  readonly modules: readonly string[];
  readonly files: Readonly<Record<string, string>>;
};

export type Asterisk = Place & {
  readonly version: string;
  /** Ends it in good order: calls are hung up, clients are told. */
  readonly stop: () => Promise<void>;
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Starts it again after `stop` or `kill`, with the same ports. */
  readonly start: () => Promise<void>;
  /** Stops the process in its tracks: its connections stand, and nothing moves. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** A command at its own console; what it answers. */
  readonly console: (command: string) => Promise<string>;
  /** Warnings and errors that it logged since it was first started. */
  readonly complaints: () => string[];
  /** Ends it and removes its folder. */
  readonly close: () => Promise<void>;
};

const START_MS = 30_000;
const POLL_MS = 30;
/** Ports are free when they are chosen; another process may be quicker than Asterisk. */
const ATTEMPTS = 3;
const COMPLAINT = /^\[.*?\] (WARNING|ERROR)/;
const execute = promisify(execFile);

/** Starts a server and resolves when it is fully booted. */
export async function startAsterisk(
  installation: Installation,
  configure: (place: Place) => Configuration,
): Promise<Asterisk> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(installation, configure);
    } catch (error) {
      if (attempt === ATTEMPTS || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function launch(
  installation: Installation,
  configure: (place: Place) => Configuration,
): Promise<Asterisk> {
  const { major, version } = installation;
  const folder = mkdtempSync(join(tmpdir(), 'tapline-asterisk-'));
  const etc = join(folder, 'etc');
  const [ami, amiTls] = await freePorts();
  const place: Place = { folder, etc, major, ami, amiTls, sip: await freeUdpPort() };
  writeConfiguration(installation, place, configure(place));
  const main = ['-C', join(etc, 'asterisk.conf')];
  const log = join(folder, 'log/complaints');
  const server = new ServerProcess();

  const command = async (text: string) => {
    const { stdout } = await execute(installation.program, [...installation.arguments, ...main, '-rx', text]);
    return stdout;
  };

  const start = async () => {
    server.spawn(installation.program, [...installation.arguments, ...main, '-f', '-n']);
    const deadline = performance.now() + START_MS;
    while (performance.now() < deadline && !server.over) {
      const there = existsSync(join(folder, 'run/asterisk.ctl'));
      if (there && (await command('core waitfullybooted').then(isBooted, () => false))) {
        if (complaints().some((line) => line.includes('Address already in use'))) break;
        return;
      }
      await sleep(POLL_MS);
    }
    await end('SIGKILL');
    throw new Error(`Asterisk ${version} did not start: ${server.printed}\n${complaints().join('\n')}`);
  };

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (server.over) return;
    await server.end(signal);
    // A killed one leaves its socket, which the next start would take for its own.
    rmSync(join(folder, 'run/asterisk.ctl'), { force: true });
  };

  const complaints = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .filter((line) => COMPLAINT.test(line))
      : [];

  const close = async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...place,
    version,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    freeze: server.freeze,
    thaw: server.thaw,
    console: command,
    complaints,
    close,
  };
}

const isBooted = (answer: string) => answer.includes('fully booted');

function writeConfiguration(installation: Installation, place: Place, { modules, files }: Configuration) {
  for (const name of ['etc', 'var', 'spool', 'run', 'log']) mkdirSync(join(place.folder, name));
  const all = {
    ...BASE_FILES,
    'asterisk.conf': baseConfiguration(installation, place.folder),
    'modules.conf': modulesFile(installation, modules),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(place.etc, name), text, { mode: 0o600 });
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.bind(0, '127.0.0.1', resolve);
  });
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

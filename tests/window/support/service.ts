/** What tests of the main process's companion share: the companion itself, without any window, and the embedded PBX. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createMemoryVault } from '../../../app/settings/memory-vault.ts';
import type { Vault } from '../../../app/settings/vault.ts';
import type { Slices } from '../../../contract/renderer-api.ts';
import { createInProcess } from '../../../main/companion/in-process.ts';
import type { CompanionService } from '../../../main/companion/service.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator/simulator.ts';
import { ANNA, BEN } from './people.ts';

/** Where the companion keeps its settings. */
export let folder: string;
export let pbx: Simulator;
export let service: CompanionService;
export let vault: Vault;
const running = new Set<CompanionService>();

/** A companion that has started, and a PBX that it may sign in to; both end after each test. Call once in a test file. */
export function withService(options: Partial<SimulatorOptions> = {}): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-service-'));
    vault = createMemoryVault();
    pbx = await startSimulator({ users: [ANNA, BEN], ...options });
    await start();
  });
  afterEach(async () => {
    for (const one of running) await one.stop();
    running.clear();
    await pbx.close();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Starts the next one, with what the one before has kept. @returns what it has to say */
export async function start(): Promise<readonly string[]> {
  const place = { language: 'en', userData: folder, platform: 'linux', env: {} } as const;
  service = await createInProcess(place, async () => ({ kind: 'system', vault }));
  running.add(service);
  return service.start();
}

export async function stop(): Promise<void> {
  running.delete(service);
  await service.stop();
}

/** Every password is gone from the system's store. */
export function forgetPasswords(): void {
  vault = createMemoryVault();
}

export const fileText = () => readFileSync(join(folder, 'accounts.json'), 'utf8');

/** How long anything that is to happen may take, in ms. */
const UNTIL_MS = 10_000;

/** Resolves as soon as the state is as wanted, now or later. */
export function until(wanted: (slices: Slices) => boolean): Promise<Slices> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!wanted(service.slices())) return;
      clearTimeout(late);
      stopLooking();
      resolve(service.slices());
    };
    const stopLooking = service.subscribe(look);
    const late = setTimeout(() => {
      stopLooking();
      reject(new Error(`not in time: ${wanted}. Now: ${JSON.stringify(service.slices())}`));
    }, UNTIL_MS);
    look();
  });
}

/** An account is online, with a line that serves calls. */
export const online = () =>
  until(({ accounts, lines }) =>
    accounts.some(
      ({ key, state }) => state === 'online' && lines.some((line) => line.account === key && line.inService),
    ),
  );

/** What Anna types, and the word on the certificate of the PBX. */
export const credentials = ({
  certificate = pbx.fingerprint,
  ...change
}: {
  user?: string;
  password?: string;
  certificate?: string | undefined;
  account?: string;
} = {}) => ({
  server: `127.0.0.1:${pbx.port}`,
  user: ANNA.name,
  password: ANNA.password,
  certificate,
  ...change,
});

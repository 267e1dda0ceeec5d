/**
 * The checks themselves, in their order: put the DLL in its place, register it, use its line as a program does while
 * the demo PBX plays its part, look at the pipe from outside, and take everything back.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeName } from '../../app/tsp/pipe-names.ts';
import type { Check } from './checks.ts';
import type { Images } from './images.ts';
import { lineChecks, showsLines } from './line-checks.ts';
import type { Lineprobe } from './lineprobe.ts';
import { openAs, pipeRights } from './pipe-from-outside.ts';
import { judgePipeRights, sidIn } from './pipe-rights.ts';
import { mustRun, run } from './program.ts';
import type { Scene } from './scene.ts';
import { liesInWrongFolder } from './wrong-folder.ts';

const SECOND_USER = 'tapline-verify';

export interface VerifiedMachine {
  /** C:\Windows\System32 */
  readonly system: string;
  /** C:\Windows\SysWOW64 */
  readonly system32Bit: string;
  /** Where the DLL keeps its lines. */
  readonly linesTable: string;
  readonly images: Images;
  readonly scene: Scene;
  /** Starts lineprobe. */
  readonly start: (image: string) => Lineprobe;
  /** Stops the telephony service, so that it lets go of the DLL. It need not run. */
  readonly stopTelephony: () => void;
}

/** Every check, in its order. Nothing is done before a check runs. */
export function windowsChecks(machine: VerifiedMachine): Check[] {
  return [
    ...placing(machine),
    ...lineChecks(machine),
    ...misplacing(machine),
    ...guarding(machine),
    ...takingBack(machine),
  ];
}

function placing({ system, images, scene, stopTelephony }: VerifiedMachine): Check[] {
  const placed = join(system, 'tapline.tsp');
  return [
    {
      id: 'clean',
      title: 'No Tapline is on this machine yet',
      run: async () => {
        if (existsSync(placed))
          throw new Error('tapline.tsp is in the system folder already: verify on a machine without Tapline');
        mustRun(1, images.setup, 'status', '--language', 'en');
        return '';
      },
    },
    {
      id: 'place',
      title: 'The DLL is put into the system folder',
      needs: ['clean'],
      run: async () => {
        stopTelephony();
        copyFileSync(images.library, placed);
        return '';
      },
    },
    {
      id: 'register',
      title: 'tsp-setup registers it, once',
      needs: ['place'],
      run: async () => {
        mustRun(0, images.setup, 'install', '--language', 'en');
        mustRun(0, images.setup, 'install', '--language', 'en');
        const status = JSON.parse(mustRun(0, images.setup, 'status', '--json')) as { providers: unknown[] };
        // A service that runs already takes a new provider up at its next start.
        stopTelephony();
        if (status.providers.length !== 1)
          throw new Error(`it is registered ${status.providers.length} times`);
        return '';
      },
    },
    {
      id: 'companion',
      title: 'The companion is signed in to both faces of the demo PBX',
      needs: ['register'],
      run: async () => {
        await scene.start();
        return `Windows session ${scene.session()}`;
      },
    },
  ];
}

function misplacing(machine: VerifiedMachine): Check[] {
  const { system, system32Bit, stopTelephony } = machine;
  return [
    {
      id: 'wrong-folder',
      title: 'A DLL that lies in SysWOW64 alone is not loaded',
      proves: ['R3'],
      needs: ['devices', 'probe-end'],
      run: () =>
        liesInWrongFolder({
          system,
          system32Bit,
          stop: stopTelephony,
          shows: () => showsLines(machine),
        }),
    },
  ];
}

function guarding({ scene, linesTable }: VerifiedMachine): Check[] {
  const name = (): string => pipeName(scene.session());
  const second = { user: SECOND_USER, password: `${randomBytes(18).toString('base64url')}-aA1` };
  return [
    {
      id: 'pipe-rights',
      title: 'The pipe is open to the system, its owner and the telephony service, and to nobody else',
      proves: ['B1'],
      needs: ['companion'],
      run: async () => {
        const rights = pipeRights(name());
        const user = sidIn(mustRun(0, 'whoami', '/user', '/fo', 'csv', '/nh'));
        const problems = user === undefined ? ['whoami names no user'] : judgePipeRights(rights, user);
        if (problems.length > 0) throw new Error(problems.join('; '));
        return '';
      },
    },
    {
      id: 'second-user-account',
      title: 'A second user is made for the next check',
      needs: ['pipe-rights'],
      run: async () => {
        // What `net` says may repeat the password: it is not kept.
        const { code } = run('net', 'user', second.user, second.password, '/add');
        if (code !== 0) throw new Error(`net user ended with ${code}`);
        return '';
      },
    },
    {
      id: 'second-user',
      title: 'A second user cannot open the pipe',
      proves: ['B1'],
      needs: ['second-user-account'],
      run: async () => {
        if (openAs(name(), second) === 'opened') throw new Error('the second user opened the pipe');
        return 'Windows denied access';
      },
    },
    {
      id: 'lines-file',
      title: 'The second user cannot read the lines that the DLL keeps',
      proves: ['F1'],
      needs: ['second-user-account', 'devices'],
      run: async () => {
        if (!existsSync(linesTable)) throw new Error('no lines were kept');
        if (openAs(linesTable, second) === 'opened') throw new Error('the second user opened the file');
        return 'Windows denied access';
      },
    },
    {
      id: 'second-user-gone',
      title: 'The second user is removed',
      undoes: 'second-user-account',
      run: async () => mustRun(0, 'net', 'user', second.user, '/delete'),
    },
  ];
}

function takingBack({ system, system32Bit, images, scene, stopTelephony }: VerifiedMachine): Check[] {
  return [
    {
      id: 'companion-end',
      title: 'The companion ends',
      undoes: 'companion',
      run: async () => {
        await scene.stop();
        return '';
      },
    },
    {
      id: 'remove',
      title: 'tsp-setup takes the registration back',
      undoes: 'register',
      run: async () => {
        mustRun(0, images.setup, 'remove', '--language', 'en');
        mustRun(0, images.setup, 'remove', '--language', 'en');
        mustRun(1, images.setup, 'status', '--language', 'en');
        return '';
      },
    },
    {
      id: 'displace',
      title: 'The DLL is let go and leaves the system folder',
      undoes: 'place',
      run: async () => {
        stopTelephony();
        for (const folder of [system, system32Bit]) rmSync(join(folder, 'tapline.tsp'), { force: true });
        return '';
      },
    },
  ];
}

import { lookAtMachine } from '../setup/system.mjs';
import type { Fetched, FetchFailure } from './fetch.ts';

/** Programs of every Debian that fetching needs. */
const PROGRAMS = ['apt-get', 'apt-config', 'dpkg', 'dpkg-deb', 'tar', 'sh'];

const WHY: Record<FetchFailure, string> = {
  notDebian: 'this machine has no package source of Debian',
  notOnMirror: 'the mirror does not have it',
  unreachable: 'the mirror cannot be reached',
  signature: 'what the mirror has is not signed as it should be',
  apt: 'apt failed',
  doesNotRun: 'it does not run here',
};

/** Why no Asterisk can be fetched on this machine; undefined when one can. */
export function asteriskMissing(
  machine = lookAtMachine({ path: process.env['PATH'] ?? '' }),
): string | undefined {
  if (machine.platform === 'linux' && PROGRAMS.every(machine.hasProgram)) return undefined;
  return 'Asterisk is fetched from the package archive of Debian, and this is no Debian';
}

/** What a person reads of it, and whether the tests have an Asterisk to run. */
export function report(results: readonly Fetched[], missing?: string): { lines: string[]; ok: boolean } {
  const lines = results.map((result) => {
    const name = `Asterisk ${result.release.major} (${result.release.suite})`;
    if (!result.ok) return `${name}: not available, ${WHY[result.code]}. ${result.why}`;
    return `${name}: ${result.version}${result.fresh ? ', fetched now' : ''}`;
  });
  const ok = results.some((result) => result.ok);
  if (missing !== undefined) lines.push(`${missing}.`);
  if (!ok) {
    lines.push(
      'No Asterisk is there, so nothing was tried against a real one.',
      'Check the network and the package sources of this machine, then start again.',
    );
  }
  return { lines, ok };
}

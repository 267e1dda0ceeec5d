/** A DLL that lies in the folder of 32-bit programs alone. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export interface WrongFolder {
  /** C:\Windows\System32 and C:\Windows\SysWOW64. */
  readonly system: string;
  readonly system32Bit: string;
  /** Stops the telephony service, so that it lets go of the DLL. */
  readonly stop: () => void;
  /** Whether a program, and the service that starts with it, shows our lines. */
  readonly shows: () => Promise<boolean>;
}

/**
 * Moves the registered DLL there, looks for its lines, and moves it back, whatever was seen.
 * @throws when the lines are there although the DLL is not where the service looks, or are gone when it is back
 */
export async function liesInWrongFolder({ system, system32Bit, stop, shows }: WrongFolder): Promise<string> {
  const right = join(system, 'tapline.tsp');
  const wrong = join(system32Bit, 'tapline.tsp');
  if (existsSync(wrong)) throw new Error('tapline.tsp lies in the folder of 32-bit programs already');
  stop();
  renameSync(right, wrong);
  let loaded: boolean;
  try {
    loaded = await shows();
  } finally {
    stop();
    renameSync(wrong, right);
  }
  if (loaded) throw new Error('the telephony service loaded the DLL from there');
  if (!(await shows())) throw new Error('the lines are gone although the DLL is back in its place');
  return '';
}

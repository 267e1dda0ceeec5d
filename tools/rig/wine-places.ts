/** The Wines tests use, by the word size of the programs that run in them. */
import type { WindowsArchitecture } from '../native/compile.ts';
import { startWine, type WineStart, wineStart } from './wine.ts';
import { startWineX86, wineX86Command, wineX86Environment } from './wine-x86.ts';

export type Wine = WineStart & {
  /** Makes it ready; may be called again. */
  readonly start: () => void;
};

/** The Wine for programs of this architecture. Programs of one Wine share its pipes: one test at a time. */
export function wineFor(architecture: WindowsArchitecture): Wine {
  if (architecture === 'x64') return { start: startWine, ...wineStart };
  return { start: startWineX86, command: wineX86Command(), environment: wineX86Environment };
}

/** What a person saw on Windows: the result file of tools/verify-windows, if one was kept. */
import { readResult } from '../verify-windows/result.ts';

export type ByHand = {
  /** The Windows it was seen on. */
  readonly seenOn: string | undefined;
  /** `unproved`, or what the checks that prove this item say. */
  outcomeOf(id: string): string;
};

export const nothingByHand: ByHand = { seenOn: undefined, outcomeOf: () => 'unproved' };

/** Reads a kept result file. @throws when it is none: a damaged one must not read as "unproved" */
export function readByHand(file: string | undefined): ByHand {
  if (file === undefined) return nothingByHand;
  const read = readResult(file);
  if (!read.ok) throw new Error(read.problem);
  const { machine, checks } = read.result;
  return {
    seenOn: `${machine.windows}, ${machine.architecture}`,
    outcomeOf: (id) => {
      const proving = checks.filter(({ proves }) => proves.includes(id));
      if (proving.length === 0) return 'unproved';
      if (proving.some(({ outcome }) => outcome === 'failed')) return '**fails**';
      return proving.every(({ outcome }) => outcome === 'passed') ? 'holds' : 'unproved';
    },
  };
}

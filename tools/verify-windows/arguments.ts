/** The command line of verify:windows, and what it ends with. */

/** Scripts rely on these. */
export const EXIT = {
  /** Every check passed. */
  passed: 0,
  /** A check failed or could not run; the result file says which. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** This is not 64-bit Windows on x64: nothing was tried, and no result was written. */
  notWindows: 3,
} as const;

export const USAGE = [
  'Usage: npm run verify:windows -- [--build <folder>] [--result <file>]',
  '  --build   folder with x64/tapline.tsp, x64/tsp-setup.exe, x64/lineprobe.exe and x86/lineprobe.exe;',
  '            without it they are built, or taken from out/ where there is no compiler',
  '  --result  where the result goes (out/verify-windows/result.json)',
].join('\n');

export interface VerifyOptions {
  readonly build?: string;
  readonly result?: string;
}

export type Arguments =
  | { readonly ok: true; readonly options: VerifyOptions }
  | { readonly ok: false; readonly problem: string };

/** Reads the command line; a word it does not know is a problem, never ignored. */
export function parseArguments(words: readonly string[]): Arguments {
  const given: { build?: string; result?: string } = {};
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    const name = word === '--build' ? 'build' : word === '--result' ? 'result' : undefined;
    if (name === undefined) return { ok: false, problem: `${word} is unknown` };
    if (given[name] !== undefined) return { ok: false, problem: `${word} is given twice` };
    if (value === undefined || value === '' || value.startsWith('--'))
      return { ok: false, problem: `${word} lacks its value` };
    given[name] = value;
  }
  return { ok: true, options: given };
}

/** Why nothing can be verified on a machine; undefined when it can. */
export function hindrance(platform: string, architecture: string): string | undefined {
  if (platform === 'win32' && architecture === 'x64') return undefined;
  const here = `${platform} on ${architecture}`;
  return `This needs 64-bit Windows on x64 with its telephony service; this is ${here}. Nothing was verified.`;
}

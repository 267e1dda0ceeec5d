/** What the command line asks for. */
export type Options = {
  /** Where to report to and take commands from: a port on this machine. */
  readonly controlPort: number;
  /** Whether TAPI programs are served. */
  readonly serveShim: boolean;
  /** Path of the Unix socket for the shim; Windows has its own name for it. */
  readonly socket?: string;
};

export type ParsedArguments =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly problem: string };

export const USAGE = 'Usage: headless --control <port> [--socket <path>] [--no-shim]';

/** Reads the command line. A word it does not know is a problem, never ignored. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? '';
    if (name === '--no-shim') {
      given.set(name, '');
      continue;
    }
    at += 1;
    const value = words[at];
    if (name !== '--control' && name !== '--socket')
      return { ok: false, problem: `${name} is unknown. ${USAGE}` };
    if (value === undefined || value.startsWith('--'))
      return { ok: false, problem: `${name} lacks its value. ${USAGE}` };
    given.set(name, value);
  }
  const port = given.get('--control') ?? '';
  const controlPort = Number(port);
  if (!/^\d+$/.test(port) || controlPort < 1 || controlPort > 65_535) {
    return { ok: false, problem: `--control needs a port, 1 to 65535. ${USAGE}` };
  }
  const socket = given.get('--socket');
  const serveShim = !given.has('--no-shim');
  return { ok: true, options: { controlPort, serveShim, ...(socket !== undefined && { socket }) } };
}

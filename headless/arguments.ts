import type { Language } from '../app/language.ts';

/** How a companion without a window is to run. */
export type RunOptions = {
  /** Where to report to and take commands from: a port on this machine. */
  readonly controlPort: number;
  /** Whether TAPI programs are served. */
  readonly serveShim: boolean;
  /** Path of the Unix socket for the shim; Windows has its own name for it. */
  readonly socket?: string;
};

/**
 * Which account to test. Its password never stands on a command line: every process of the machine could read
 * it.
 */
export type TestArguments = {
  /** `name`, `name:port`, `[address]:port`; as typed. */
  readonly server: string;
  readonly user: string;
  readonly domain?: string;
  /** SHA-256 fingerprint of the only certificate to accept; as typed. */
  readonly certificate?: string;
  /** Unset: the system's. */
  readonly language?: Language;
  /** One JSON object a line, for programs. */
  readonly json: boolean;
};

export type ParsedArguments =
  | { readonly ok: true; readonly command: 'run'; readonly options: RunOptions }
  | { readonly ok: true; readonly command: 'test'; readonly options: TestArguments }
  | { readonly ok: false; readonly problem: string };

export const USAGE = [
  'Usage: headless --control <port> [--socket <path>] [--no-shim]',
  '       headless test --server <name[:port]> --user <user> [--domain <domain>] [--certificate <SHA-256>]',
  '                     [--language de|en] [--json]     (the password comes on standard input)',
].join('\n');

/** Longest value of an option, in characters: longer than anything an account may hold. */
const MAX_VALUE = 4_096;

const problem = (text: string) => ({ ok: false, problem: `${text}. ${USAGE}` }) as const;

/** Reads the command line. A word it does not know, or knows already, is a problem, never ignored. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  return words[0] === 'test' ? parseTest(words.slice(1)) : parseRun(words);
}

function parseRun(words: readonly string[]): ParsedArguments {
  const read = readOptions(words, ['--control', '--socket'], ['--no-shim']);
  if (!read.ok) return problem(read.text);
  const { given } = read;
  const port = given.get('--control') ?? '';
  const controlPort = Number(port);
  if (!/^\d+$/.test(port) || controlPort < 1 || controlPort > 65_535)
    return problem('--control needs a port, 1 to 65535');
  const socket = given.get('--socket');
  const serveShim = !given.has('--no-shim');
  return {
    ok: true,
    command: 'run',
    options: { controlPort, serveShim, ...(socket !== undefined && { socket }) },
  };
}

function parseTest(words: readonly string[]): ParsedArguments {
  const valued = ['--server', '--user', '--domain', '--certificate', '--language'];
  const read = readOptions(words, valued, ['--json']);
  if (!read.ok) return problem(read.text);
  const { given } = read;
  const server = given.get('--server');
  const user = given.get('--user');
  if (server === undefined) return problem('--server is missing');
  if (user === undefined) return problem('--user is missing');
  const language = given.get('--language');
  if (language !== undefined && language !== 'de' && language !== 'en')
    return problem('--language is de or en');
  const domain = given.get('--domain');
  const certificate = given.get('--certificate');
  return {
    ok: true,
    command: 'test',
    options: {
      server,
      user,
      ...(domain !== undefined && { domain }),
      ...(certificate !== undefined && { certificate }),
      ...(language !== undefined && { language }),
      json: given.has('--json'),
    },
  };
}

type ReadOptions =
  | { readonly ok: true; readonly given: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly text: string };

function readOptions(
  words: readonly string[],
  valued: readonly string[],
  flags: readonly string[],
): ReadOptions {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? '';
    // What is no option may be a password that slipped in: it is not repeated.
    if (!name.startsWith('--')) return { ok: false, text: 'a word stands there without its option' };
    if (given.has(name)) return { ok: false, text: `${name} is given twice` };
    if (flags.includes(name)) {
      given.set(name, '');
      continue;
    }
    if (!valued.includes(name)) return { ok: false, text: `${name.split('=', 1)[0]} is unknown` };
    at += 1;
    const value = words[at];
    if (value === undefined || value === '' || value.startsWith('--'))
      return { ok: false, text: `${name} lacks its value` };
    if (value.length > MAX_VALUE) return { ok: false, text: `${name} is too long` };
    given.set(name, value);
  }
  return { ok: true, given };
}

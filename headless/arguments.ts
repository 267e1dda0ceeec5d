import type { Language } from '../app/language.ts';
import { present, readOptions } from './options.ts';

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
  /** The account is at an Asterisk: the user is a manager user, the password its secret. */
  readonly asterisk?: true;
  /** One phone of the Asterisk; as typed. */
  readonly phone?: string;
  /** Path of a file with the phones, one in each line. */
  readonly phones?: string;
  readonly context?: string;
  /** The connection to the Asterisk is not encrypted. */
  readonly plainText?: true;
};

/** Which dial plan to print. */
export type DialPlanArguments = {
  /** Path of a file with the phones, one in each line. */
  readonly phones: string;
  readonly language?: Language;
};

/** Which section of manager.conf to print. */
export type ManagerArguments = {
  readonly user: string;
  /** Networks from which the user may sign in, between commas; as typed. */
  readonly permit: string;
  /** Shows calls and can do nothing. */
  readonly screenPop: boolean;
  /** May press the phones' keys. */
  readonly phoneKeys: boolean;
  readonly language?: Language;
};

export type ParsedArguments =
  | { readonly ok: true; readonly command: 'run'; readonly options: RunOptions }
  | { readonly ok: true; readonly command: 'test'; readonly options: TestArguments }
  | { readonly ok: true; readonly command: 'dial-plan'; readonly options: DialPlanArguments }
  | { readonly ok: true; readonly command: 'manager-user'; readonly options: ManagerArguments }
  | { readonly ok: true; readonly command: 'help'; readonly options: Readonly<Record<string, never>> }
  | { readonly ok: false; readonly problem: string };

export const USAGE = [
  'Usage: headless --control <port> [--socket <path>] [--no-shim]',
  '       headless test --server <name[:port]> --user <user> [--domain <domain>] [--certificate <SHA-256>]',
  '                     [--language de|en] [--json]     (the password comes on standard input)',
  '       headless test --asterisk --server <name[:port]> --user <manager user> --phone <PJSIP/831>|--phones <file>',
  '                     [--context <context>] [--plain-text] [--certificate <SHA-256>] [--language de|en] [--json]',
  '       headless dial-plan --phones <file> [--language de|en]     (prints extensions-tapi.conf)',
  '       headless manager-user --user <name> --permit <network,…> [--screen-pop | --phone-keys] [--language de|en]',
  '                     (prints a section of manager.conf)',
].join('\n');

const problem = (text: string) => ({ ok: false, problem: `${text}. ${USAGE}` }) as const;

/** Reads the command line. A word it does not know, or knows already, is a problem, never ignored. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const [command, ...rest] = words;
  if (words.length <= 2 && words.at(-1) === '--help') return { ok: true, command: 'help', options: {} };
  switch (command) {
    case 'test':
      return parseTest(rest);
    case 'dial-plan':
      return parseDialPlan(rest);
    case 'manager-user':
      return parseManagerUser(rest);
    default:
      return parseRun(words);
  }
}

function parseRun(words: readonly string[]): ParsedArguments {
  const read = readOptions(words, ['--control', '--socket'], ['--no-shim']);
  if (!read.ok) return problem(read.text);
  const { given } = read;
  const port = given.get('--control') ?? '';
  const controlPort = Number(port);
  if (!/^\d+$/.test(port) || controlPort < 1 || controlPort > 65_535)
    return problem('--control needs a port, 1 to 65535');
  const serveShim = !given.has('--no-shim');
  return {
    ok: true,
    command: 'run',
    options: { controlPort, serveShim, ...present(given, { socket: '--socket' }) },
  };
}

function parseTest(words: readonly string[]): ParsedArguments {
  const asterisk = words.includes('--asterisk');
  const own = asterisk ? ['--phone', '--phones', '--context'] : ['--domain'];
  const flags = asterisk ? ['--json', '--asterisk', '--plain-text'] : ['--json'];
  const read = readOptions(words, ['--server', '--user', '--certificate', '--language', ...own], flags);
  if (!read.ok) return problem(read.text);
  const { given } = read;
  const server = given.get('--server');
  const user = given.get('--user');
  if (server === undefined) return problem('--server is missing');
  if (user === undefined) return problem('--user is missing');
  if (asterisk && given.has('--phone') === given.has('--phones'))
    return problem('--phone or --phones is needed, one of the two');
  const language = languageOf(given);
  if (!language) return problem(BAD_LANGUAGE);
  return {
    ok: true,
    command: 'test',
    options: {
      server,
      user,
      ...present(given, {
        domain: '--domain',
        certificate: '--certificate',
        phone: '--phone',
        phones: '--phones',
        context: '--context',
      }),
      ...language,
      json: given.has('--json'),
      ...(asterisk && { asterisk }),
      ...(given.has('--plain-text') && { plainText: true }),
    },
  };
}

function parseDialPlan(words: readonly string[]): ParsedArguments {
  const read = readOptions(words, ['--phones', '--language'], []);
  if (!read.ok) return problem(read.text);
  const phones = read.given.get('--phones');
  if (phones === undefined) return problem('--phones is missing');
  const language = languageOf(read.given);
  if (!language) return problem(BAD_LANGUAGE);
  return { ok: true, command: 'dial-plan', options: { phones, ...language } };
}

function parseManagerUser(words: readonly string[]): ParsedArguments {
  const read = readOptions(words, ['--user', '--permit', '--language'], ['--screen-pop', '--phone-keys']);
  if (!read.ok) return problem(read.text);
  const { given } = read;
  const user = given.get('--user');
  const permit = given.get('--permit');
  if (user === undefined) return problem('--user is missing');
  if (permit === undefined) return problem('--permit is missing');
  const screenPop = given.has('--screen-pop');
  const phoneKeys = given.has('--phone-keys');
  if (screenPop && phoneKeys) return problem('--screen-pop and --phone-keys exclude each other');
  const language = languageOf(given);
  if (!language) return problem(BAD_LANGUAGE);
  return { ok: true, command: 'manager-user', options: { user, permit, screenPop, phoneKeys, ...language } };
}

const BAD_LANGUAGE = '--language is de or en';

function languageOf(given: ReadonlyMap<string, string>): { readonly language?: Language } | undefined {
  const language = given.get('--language');
  if (language === undefined) return {};
  return language === 'de' || language === 'en' ? { language } : undefined;
}

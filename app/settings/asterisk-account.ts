import type { AsteriskLine } from '../pbx/asterisk/account.ts';
import { BAD_PLAIN_TEXT, badSwitch, type Check, type Fields, plain, SHARED_CHECKS } from './fields.ts';
import { readLines } from './phones.ts';
import { readPhonesText } from './phones-text.ts';

/** What is kept of one account at an Asterisk. */
export type AsteriskSettings = {
  readonly kind: 'asterisk';
  /** Names the account on this machine; never changes. */
  readonly key: string;
  readonly host: string;
  /** 1 to 65535. Unset: 5039 with TLS, 5038 with `plainText`. */
  readonly port?: number;
  /** The manager user. */
  readonly user: string;
  /** SHA-256, as 32 pairs of hexadecimal digits with colons, upper case. */
  readonly pinnedCertificate?: string;
  /** The user's word: the connection is not encrypted. */
  readonly plainText?: true;
  /** Where in the dial plan numbers are dialled from. */
  readonly context: string;
  /** The own phones are asked to lift by themselves when a number is dialled. */
  readonly autoAnswer?: true;
  /** The phones answer when they are told to. */
  readonly remoteAnswer?: true;
  /** At least one; names differ, without regard to case. */
  readonly lines: readonly AsteriskLine[];
};

/** Where phones dial from at most Asterisks: FreePBX and the distributions made of it call it so. */
export const DEFAULT_CONTEXT = 'from-internal';
/** Octets of a context's name (AST_MAX_CONTEXT, without its NUL). */
const MAX_CONTEXT = 79;
/** Octets of a manager user: the name of its section in manager.conf (Asterisk reads 80). */
const MAX_USER = 79;

const USER: Check = {
  good: (value) => plain(value, MAX_USER) && /^[^[\];]+$/u.test(value),
  text: {
    de: 'Der Manager-Benutzer fehlt oder ist keiner: Er steht in der manager.conf zwischen eckigen Klammern.',
    en: 'The manager user is missing or is none: it stands between square brackets in manager.conf.',
  },
};

export const CONTEXT: Check = {
  good: (value) => plain(value, MAX_CONTEXT) && /^[\p{L}\p{N}_.+@-]+$/u.test(value),
  text: {
    de: `Der Kontext ist keiner: Er besteht aus Buchstaben, Ziffern, „-“ und „_“, etwa ${DEFAULT_CONTEXT}.`,
    en: `The context is none: it consists of letters, digits, "-" and "_", such as ${DEFAULT_CONTEXT}.`,
  },
};

const UNLESS_ON = { de: 'Ohne sie ist es ausgeschaltet.', en: 'without it this is off.' };

/** Reads the settings; what is wrong stands in `fields` afterwards. Phones are a list, or text with one in each line. */
export function asteriskSettings(fields: Fields): AsteriskSettings {
  const phones = fields.raw('lines');
  return {
    kind: 'asterisk',
    key: fields.text('key', SHARED_CHECKS.key),
    host: fields.text('host', SHARED_CHECKS.host),
    ...fields.port(),
    user: fields.text('user', USER),
    ...fields.pin(),
    ...fields.switched('plainText', true, BAD_PLAIN_TEXT),
    context: fields.optional('context', CONTEXT).context ?? DEFAULT_CONTEXT,
    ...fields.switched('autoAnswer', true, badSwitch('autoAnswer', UNLESS_ON)),
    ...fields.switched('remoteAnswer', true, badSwitch('remoteAnswer', UNLESS_ON)),
    lines: taken(fields, typeof phones === 'string' ? readPhonesText(phones) : readLines(phones)),
  };
}

function taken(fields: Fields, read: ReturnType<typeof readLines>): readonly AsteriskLine[] {
  if (read.ok) return read.lines;
  for (const text of read.problems) fields.wrong('lines', text);
  return [];
}

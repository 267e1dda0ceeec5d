import { isIPv6 } from 'node:net';
import type { Text } from '../language.ts';

/** What is kept of one account. Its password is in the vault, under the same key. */
export type AccountSettings = {
  /** Names the account on this machine; never changes. */
  readonly key: string;
  readonly host: string;
  /** 1 to 65535. Unset: found, at 5222 or 5223. */
  readonly port?: number;
  /** Unset: found from the user name or the server. */
  readonly domain?: string;
  readonly user: string;
  /** SHA-256, as 32 pairs of hexadecimal digits with colons, upper case. */
  readonly pinnedCertificate?: string;
  readonly resource: string;
  /** An administrator's, in no form: signs in without encryption where the server offers none. */
  readonly plainText?: true;
  /** An administrator's, in no form: leaves stream management (XEP-0198) off, whatever the server offers. */
  readonly streamManagement?: false;
};

/** What is wrong with one field, for people. */
export type FieldProblem = { readonly field: keyof AccountSettings; readonly text: Text };

export type ParsedAccount =
  | { readonly ok: true; readonly account: AccountSettings }
  | { readonly ok: false; readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

/** The port of XMPP clients (RFC 6120 section 14.7). */
export const DEFAULT_PORT = 5222;
/** Octets of a domain name (RFC 1035) and of each part of an XMPP address (RFC 7622 section 3). */
const MAX_HOST = 253;
const MAX_ADDRESS_PART = 1_023;
const MAX_KEY = 200;

type SwitchField = 'plainText' | 'streamManagement';
type TextField = Exclude<keyof AccountSettings, 'port' | SwitchField>;
type Check = { readonly good: (value: string) => boolean; readonly text: Text };

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');
const plain = (text: string, longest: number) =>
  text !== '' && bytes(text) <= longest && !/[\p{Cc}\p{Cs}]/u.test(text);

const CHECKS: Readonly<Record<TextField, Check>> = {
  key: {
    good: (value) => plain(value, MAX_KEY),
    text: {
      de: `Der Schlüssel des Kontos fehlt oder ist länger als ${MAX_KEY} Zeichen: Legen Sie das Konto neu an.`,
      en: `The account's key is missing or longer than ${MAX_KEY} characters: add the account again.`,
    },
  },
  host: {
    good: (value) => isIPv6(value) || (plain(value, MAX_HOST) && /^[^\s/@?#:[\]]+$/u.test(value)),
    text: {
      de: 'Der Server fehlt oder ist kein Name und keine Adresse: Geben Sie ihn ohne „xmpp://“ und ohne Port ein.',
      en: 'The server is missing or is neither a name nor an address: enter it without "xmpp://" and without a port.',
    },
  },
  domain: {
    good: (value) => plain(value, MAX_ADDRESS_PART) && /^[^\s/@]+$/u.test(value),
    text: {
      de: 'Die XMPP-Domäne enthält Zeichen, die dort nicht stehen dürfen: Lassen Sie sie leer, wenn Sie sie nicht kennen.',
      en: 'The XMPP domain holds characters that may not stand there: leave it empty if you do not know it.',
    },
  },
  user: {
    good: (value) => plain(value, MAX_ADDRESS_PART) && /^[^\s/@][^/@]*(@[^\s/@]+)?$/u.test(value),
    text: {
      de: 'Der Benutzername fehlt oder ist keiner: Er heißt „name“ oder „name@instanz“.',
      en: 'The user name is missing or is none: it reads "name" or "name@instance".',
    },
  },
  pinnedCertificate: {
    good: (value) => /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/.test(value),
    text: {
      de: 'Der Fingerabdruck des Zertifikats ist unlesbar: Nehmen Sie das Zertifikat bei der nächsten Anmeldung neu an.',
      en: "The certificate's fingerprint is unreadable: accept the certificate again at the next sign-in.",
    },
  },
  resource: {
    good: (value) => plain(value, MAX_ADDRESS_PART),
    text: {
      de: 'Die Kennung dieser Installation fehlt oder ist zu lang: Legen Sie das Konto neu an.',
      en: "This installation's resource is missing or too long: add the account again.",
    },
  },
};

const BAD_PORT: Text = {
  de: 'Der Port ist keine ganze Zahl von 1 bis 65535: Lassen Sie ihn weg, wenn Sie ihn nicht kennen.',
  en: 'The port is not a whole number from 1 to 65535: leave it out if you do not know it.',
};

const BAD_SWITCH: Readonly<Record<SwitchField, Text>> = {
  plainText: {
    de: 'Die Einstellung „plainText“ ist weder true noch false: Ohne sie wird immer verschlüsselt.',
    en: 'The setting "plainText" is neither true nor false: without it everything is encrypted.',
  },
  streamManagement: {
    de: 'Die Einstellung „streamManagement“ ist weder true noch false: Lassen Sie sie weg, wenn sie nicht nötig ist.',
    en: 'The setting "streamManagement" is neither true nor false: leave it out unless it is needed.',
  },
};

/**
 * Reads one account's settings from whatever was stored or typed. Texts lose the spaces around them; what is empty or
 * says what holds anyway is left out. Every problem is told, not only the first.
 */
export function parseAccount(input: unknown): ParsedAccount {
  const problems: FieldProblem[] = [];
  const raw = (field: keyof AccountSettings): unknown =>
    typeof input === 'object' && input !== null && Object.hasOwn(input, field)
      ? Reflect.get(input, field)
      : undefined;

  const text = (field: keyof typeof CHECKS): string => {
    const value = raw(field);
    const trimmed = typeof value === 'string' ? value.trim() : '';
    const spelled = field === 'pinnedCertificate' ? trimmed.toUpperCase() : trimmed;
    if (!CHECKS[field].good(spelled)) problems.push({ field, text: CHECKS[field].text });
    return spelled;
  };
  const absent = (value: unknown) => value === undefined || value === null || value === '';
  const optional = (field: 'domain' | 'pinnedCertificate') =>
    absent(raw(field)) ? {} : { [field]: text(field) };
  const port = () => {
    const value = raw('port');
    if (absent(value)) return {};
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535)
      return { port: value };
    problems.push({ field: 'port', text: BAD_PORT });
    return {};
  };
  const switched = <Position extends boolean>(field: SwitchField, position: Position) => {
    const value = raw(field);
    if (value === position) return { [field]: position };
    if (!absent(value) && value !== !position) problems.push({ field, text: BAD_SWITCH[field] });
    return {};
  };

  const account: AccountSettings = {
    key: text('key'),
    host: text('host'),
    ...port(),
    ...optional('domain'),
    user: text('user'),
    ...optional('pinnedCertificate'),
    resource: text('resource'),
    ...switched('plainText', true),
    ...switched('streamManagement', false),
  };
  const [first, ...others] = problems;
  return first ? { ok: false, problems: [first, ...others] } : { ok: true, account };
}

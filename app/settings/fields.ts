import { isIPv6 } from 'node:net';
import type { Text } from '../language.ts';

/** The fields of the accounts of every kind. */
export type FieldName =
  | 'kind'
  | 'key'
  | 'host'
  | 'port'
  | 'domain'
  | 'user'
  | 'pinnedCertificate'
  | 'resource'
  | 'plainText'
  | 'streamManagement'
  | 'context'
  | 'autoAnswer'
  | 'remoteAnswer'
  | 'lines';

/** What is wrong with one field, for people. */
export type FieldProblem = { readonly field: FieldName; readonly text: Text };

/** What a text field has to be, and what to say where it is not. */
export type Check = { readonly good: (value: string) => boolean; readonly text: Text };

/** Octets of a domain name (RFC 1035). */
const MAX_HOST = 253;
const MAX_KEY = 200;

export const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** A text that is there, has at most this many bytes, and holds nothing that does not print. */
export const plain = (text: string, longest: number): boolean =>
  text !== '' && bytes(text) <= longest && !/[\p{Cc}\p{Cs}]/u.test(text);

/** The fields that every kind of account has. */
export const SHARED_CHECKS = {
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
      de: 'Der Server fehlt oder ist kein Name und keine Adresse: Geben Sie ihn ohne „https://“ davor und ohne Port ein.',
      en: 'The server is missing or is neither a name nor an address: enter it without "https://" before it and without a port.',
    },
  },
  pinnedCertificate: {
    good: (value) => /^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/.test(value),
    text: {
      de: 'Der Fingerabdruck des Zertifikats ist unlesbar: Nehmen Sie das Zertifikat bei der nächsten Anmeldung neu an.',
      en: "The certificate's fingerprint is unreadable: accept the certificate again at the next sign-in.",
    },
  },
} as const satisfies Readonly<Record<string, Check>>;

/** What to say of a switch that is in no position. */
export const badSwitch = (field: FieldName, rest: Text): Text => ({
  de: `Die Einstellung „${field}“ ist weder true noch false: ${rest.de}`,
  en: `The setting "${field}" is neither true nor false: ${rest.en}`,
});

export const BAD_PLAIN_TEXT = badSwitch('plainText', {
  de: 'Ohne sie wird immer verschlüsselt.',
  en: 'without it everything is encrypted.',
});

const BAD_PORT: Text = {
  de: 'Der Port ist keine ganze Zahl von 1 bis 65535: Lassen Sie ihn weg, wenn Sie ihn nicht kennen.',
  en: 'The port is not a whole number from 1 to 65535: leave it out if you do not know it.',
};

const absent = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/**
 * Reads the fields of one account from whatever was stored or typed, one after the other, and keeps what is wrong with
 * them. Texts lose the spaces around them.
 */
export class Fields {
  readonly problems: FieldProblem[] = [];
  readonly #input: unknown;

  constructor(input: unknown) {
    this.#input = input;
  }

  /** The field as it stands there; undefined where it does not. */
  raw(field: FieldName): unknown {
    const input = this.#input;
    return typeof input === 'object' && input !== null && Object.hasOwn(input, field)
      ? Reflect.get(input, field)
      : undefined;
  }

  wrong(field: FieldName, text: Text): void {
    this.problems.push({ field, text });
  }

  text(field: FieldName, { good, text }: Check): string {
    const value = this.raw(field);
    const trimmed = typeof value === 'string' ? value.trim() : '';
    if (!good(trimmed)) this.wrong(field, text);
    return trimmed;
  }

  /** What is empty is left out. */
  optional<Name extends FieldName>(field: Name, check: Check): { readonly [Key in Name]?: string } {
    return absent(this.raw(field)) ? {} : ({ [field]: this.text(field, check) } as { [Key in Name]: string });
  }

  port(): { readonly port?: number } {
    const value = this.raw('port');
    if (absent(value)) return {};
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535)
      return { port: value };
    this.wrong('port', BAD_PORT);
    return {};
  }

  /** SHA-256, spelled in upper case. */
  pin(): { readonly pinnedCertificate?: string } {
    const value = this.raw('pinnedCertificate');
    if (absent(value)) return {};
    const { good, text } = SHARED_CHECKS.pinnedCertificate;
    const spelled = typeof value === 'string' ? value.trim().toUpperCase() : '';
    if (!good(spelled)) this.wrong('pinnedCertificate', text);
    return { pinnedCertificate: spelled };
  }

  /** A switch is kept only in the position that changes something. */
  switched<Name extends FieldName, Position extends boolean>(
    field: Name,
    position: Position,
    text: Text,
  ): { readonly [Key in Name]?: Position } {
    const value = this.raw(field);
    if (value === position) return { [field]: position } as { [Key in Name]: Position };
    if (!absent(value) && value !== !position) this.wrong(field, text);
    return {};
  }
}

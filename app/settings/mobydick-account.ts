import { BAD_PLAIN_TEXT, badSwitch, type Check, type Fields, plain, SHARED_CHECKS } from './fields.ts';

/** What is kept of one account at a mobydick or pascom PBX. */
export type MobydickSettings = {
  readonly kind: 'mobydick';
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

/** The port of XMPP clients (RFC 6120 section 14.7). */
export const DEFAULT_PORT = 5222;
/** Octets of each part of an XMPP address (RFC 7622 section 3). */
const MAX_ADDRESS_PART = 1_023;

const DOMAIN: Check = {
  good: (value) => plain(value, MAX_ADDRESS_PART) && /^[^\s/@]+$/u.test(value),
  text: {
    de: 'Die XMPP-Domäne enthält Zeichen, die dort nicht stehen dürfen: Lassen Sie sie leer, wenn Sie sie nicht kennen.',
    en: 'The XMPP domain holds characters that may not stand there: leave it empty if you do not know it.',
  },
};

const USER: Check = {
  good: (value) => plain(value, MAX_ADDRESS_PART) && /^[^\s/@][^/@]*(@[^\s/@]+)?$/u.test(value),
  text: {
    de: 'Der Benutzername fehlt oder ist keiner: Er heißt „name“ oder „name@instanz“.',
    en: 'The user name is missing or is none: it reads "name" or "name@instance".',
  },
};

const RESOURCE: Check = {
  good: (value) => plain(value, MAX_ADDRESS_PART),
  text: {
    de: 'Die Kennung dieser Installation fehlt oder ist zu lang: Legen Sie das Konto neu an.',
    en: "This installation's resource is missing or too long: add the account again.",
  },
};

const BAD_STREAM_MANAGEMENT = badSwitch('streamManagement', {
  de: 'Lassen Sie sie weg, wenn sie nicht nötig ist.',
  en: 'leave it out unless it is needed.',
});

/** Reads the settings; what is wrong stands in `fields` afterwards. */
export function mobydickSettings(fields: Fields): MobydickSettings {
  return {
    kind: 'mobydick',
    key: fields.text('key', SHARED_CHECKS.key),
    host: fields.text('host', SHARED_CHECKS.host),
    ...fields.port(),
    ...fields.optional('domain', DOMAIN),
    user: fields.text('user', USER),
    ...fields.pin(),
    resource: fields.text('resource', RESOURCE),
    ...fields.switched('plainText', true, BAD_PLAIN_TEXT),
    ...fields.switched('streamManagement', false, BAD_STREAM_MANAGEMENT),
  };
}

import type { Text } from '../language.ts';
import { type AsteriskLine, MAX_LINES } from '../pbx/asterisk/account.ts';
import { bytes, plain } from './fields.ts';

/** The phones of an Asterisk account, as the settings keep them: what each may be, and that none stands there twice. */

/** One phone as it was found, and the place to name when something is wrong with it. */
export type FoundPhone = {
  readonly place: Text;
  readonly phone: Readonly<Record<keyof AsteriskLine, string>>;
};

export type ReadLines =
  | { readonly ok: true; readonly lines: readonly AsteriskLine[] }
  | { readonly ok: false; readonly problems: readonly Text[] };

/** Octets of a channel's name and of an extension in Asterisk (80, with the NUL). */
const MAX_NAME = 79;
const MAX_EXTENSION = 79;
/** Octets of a person's name. */
const MAX_PERSON = 200;
/** Phones whose problems are told one by one: whoever pastes the wrong column makes the same mistake everywhere. */
const MAX_TOLD = 5;

/** What events can name: no `&`, `!`, `~`, brackets or commas, which the dial plan itself reads (TAPIEVENT). */
const NAME = /^[\p{L}\p{N}_.:@+*#/-]+$/u;
const CHANNEL = /^[A-Za-z][A-Za-z0-9_]*\/[\p{L}\p{N}_.:@+*#/-]+$/u;
const EXTENSION = /^\+?[0-9*#]+$/;

/** Whether a word can only be an extension. */
export const isExtension = (word: string): boolean => EXTENSION.test(word) && bytes(word) <= MAX_EXTENSION;

const WORDS = {
  none: {
    de: 'Es ist kein Telefon angegeben: Tragen Sie mindestens eines ein, etwa „PJSIP/831 831 Jan Lorenz“.',
    en: 'No phone is given: enter at least one, such as "PJSIP/831 831 Jan Lorenz".',
  },
  noList: {
    de: 'Die Telefone sind unlesbar: Tragen Sie sie neu ein.',
    en: 'The phones are unreadable: enter them again.',
  },
  tooMany: {
    de: `Es sind mehr als ${MAX_LINES} Telefone: Verteilen Sie sie auf mehrere Konten.`,
    en: `There are more than ${MAX_LINES} phones: divide them among several accounts.`,
  },
  name: {
    de: 'Der Name der Leitung fehlt, ist zu lang oder enthält Zeichen, die im Wählplan eine Bedeutung haben.',
    en: "The line's name is missing, too long, or holds characters that mean something in the dial plan.",
  },
  channel: {
    de: 'Das ist kein Telefon: Es heißt wie im Wählplan, Technik und Name, etwa „PJSIP/831“.',
    en: 'This is no phone: it reads as in the dial plan, technology and name, such as "PJSIP/831".',
  },
  extension: {
    de: 'Die Durchwahl ist keine: Sie besteht aus Ziffern, „*“ und „#“.',
    en: 'The extension is none: it consists of digits, "*" and "#".',
  },
  person: {
    de: `Der Name der Person ist zu lang (mehr als ${MAX_PERSON} Byte) oder enthält Steuerzeichen.`,
    en: `The person's name is too long (more than ${MAX_PERSON} bytes) or holds control characters.`,
  },
} as const satisfies Readonly<Record<string, Text>>;

const at = (place: Text, what: Text): Text => ({
  de: `${place.de}: ${what.de}`,
  en: `${place.en}: ${what.en}`,
});

/** Takes what is right, in its order. Problems name the place. */
export function checkPhones(found: readonly FoundPhone[]): ReadLines {
  if (found.length === 0) return { ok: false, problems: [WORDS.none] };
  if (found.length > MAX_LINES) return { ok: false, problems: [WORDS.tooMany] };
  const problems: Text[] = [];
  const first = new Map<string, Text>();
  for (const { place, phone } of found) {
    const wrong = wrongWith(phone);
    if (wrong) problems.push(at(place, wrong));
    const name = phone.name.toLowerCase();
    const before = first.get(name);
    if (before && !wrong) problems.push(at(place, twice(before)));
    if (!before) first.set(name, place);
  }
  if (problems.length > 0) return { ok: false, problems: told(problems) };
  return { ok: true, lines: found.map(({ phone }) => phone) };
}

/** The phones of a settings file. What a phone need not say may be left out. */
export function readLines(value: unknown): ReadLines {
  if (value === undefined || value === null) return { ok: false, problems: [WORDS.none] };
  if (!Array.isArray(value)) return { ok: false, problems: [WORDS.noList] };
  if (value.length > MAX_LINES) return { ok: false, problems: [WORDS.tooMany] };
  return checkPhones(
    value.map((entry: unknown, index) => {
      const text = (field: keyof AsteriskLine): string | undefined => {
        const own = typeof entry === 'object' && entry !== null && Object.hasOwn(entry, field);
        const found: unknown = own ? Reflect.get(entry, field) : undefined;
        if (found === undefined || found === null) return undefined;
        // What is no text is told as one that cannot be right.
        return typeof found === 'string' ? found.trim() : '\0';
      };
      const name = text('name') ?? '';
      return {
        place: { de: `Telefon ${index + 1}`, en: `Phone ${index + 1}` },
        phone: {
          name,
          channel: text('channel') ?? name,
          extension: text('extension') ?? '',
          person: (text('person') ?? '').replace(/\s+/gu, ' '),
        },
      };
    }),
  );
}

function wrongWith({ name, channel, extension, person }: FoundPhone['phone']): Text | undefined {
  // A name that stands alone is the phone too: that it is none says more.
  if (!CHANNEL.test(channel) || bytes(channel) > MAX_NAME) return WORDS.channel;
  if (!NAME.test(name) || bytes(name) > MAX_NAME) return WORDS.name;
  if (extension !== '' && !isExtension(extension)) return WORDS.extension;
  if (person !== '' && !plain(person, MAX_PERSON)) return WORDS.person;
  return undefined;
}

const twice = (before: Text): Text => ({
  de: `Diese Leitung steht schon da (${before.de}); Groß- und Kleinschreibung macht keinen Unterschied.`,
  en: `This line is there already (${before.en}); upper and lower case make no difference.`,
});

function told(problems: readonly Text[]): readonly Text[] {
  if (problems.length <= MAX_TOLD) return problems;
  const more = problems.length - MAX_TOLD;
  const rest = { de: `Und ${more} weitere.`, en: `And ${more} more.` };
  return [...problems.slice(0, MAX_TOLD), rest];
}

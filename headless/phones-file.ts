import { readFile, stat } from 'node:fs/promises';
import type { Text } from '../app/language.ts';
import type { AsteriskLine } from '../app/pbx/asterisk/account.ts';
import { readPhonesText } from '../app/settings/phones-text.ts';

export type PhonesFile =
  | { readonly ok: true; readonly lines: readonly AsteriskLine[] }
  | { readonly ok: false; readonly problems: readonly Text[] };

/** Largest file of phones, in bytes: 5,000 of them have 200 each. */
const MAX_BYTES = 1_048_576;

/** Reads phones from a file with one in each line, in UTF-8. Every problem is told. */
export async function readPhones(path: string): Promise<PhonesFile> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return refused(TOO_LARGE);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return readPhonesText(text);
  } catch (error) {
    return refused(error instanceof TypeError ? NOT_UTF8 : unreadable(error));
  }
}

const refused = (text: Text): PhonesFile => ({ ok: false, problems: [text] });

const TOO_LARGE: Text = {
  de: `Die Datei der Telefone ist größer als ${MAX_BYTES} Byte: Es ist wohl eine andere.`,
  en: `The file of the phones is larger than ${MAX_BYTES} bytes: it is probably another one.`,
};
const NOT_UTF8: Text = {
  de: 'Die Datei der Telefone ist nicht in UTF-8: Speichern Sie sie so.',
  en: 'The file of the phones is not in UTF-8: save it so.',
};

function unreadable(error: unknown): Text {
  const said = error instanceof Error ? error.message : String(error);
  return {
    de: `Die Datei der Telefone lässt sich nicht lesen (${said}): Prüfen Sie den Pfad und Ihre Rechte.`,
    en: `The file of the phones cannot be read (${said}): check its path and your rights.`,
  };
}

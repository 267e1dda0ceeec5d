import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Text } from '../app/language.ts';
import { MAX_SECRET } from '../app/settings/vault.ts';

export type ReadPassword =
  | { readonly ok: true; readonly password: string }
  /** No problem: whoever was asked at the terminal interrupted. */
  | { readonly ok: false; readonly problem?: Text };

/** Where a password comes from: standard input. */
export type PasswordInput = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** UTF-8 of the longest password, with the end of its line. */
const MAX_BYTES = MAX_SECRET * 4 + 2;

/**
 * Reads the password: one line, in UTF-8. At a terminal it is asked for with `ask` and not shown while it is
 * typed. Spaces stay: they may belong to it.
 */
export async function readPassword(input: PasswordInput, ask: () => void): Promise<ReadPassword> {
  if (input.isTTY) {
    ask();
    const line = await typed(input);
    return line === undefined ? { ok: false } : checked(line);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const some = Buffer.from(chunk);
    chunks.push(some);
    bytes += some.length;
    if (bytes > MAX_BYTES) return TOO_LONG;
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return checked(text.replace(/\r?\n$/, ''));
  } catch {
    return NOT_UTF8;
  }
}

/** A line from a terminal that echoes nothing; undefined when it was closed or interrupted instead. */
async function typed(input: PasswordInput): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  let line: string | undefined;
  terminal.once('line', (text) => {
    line = text;
    terminal.close();
  });
  terminal.once('SIGINT', () => terminal.close());
  await once(terminal, 'close');
  return line;
}

function checked(password: string): ReadPassword {
  if (password === '') return MISSING;
  if (password.length > MAX_SECRET) return TOO_LONG;
  return /[\r\n]/.test(password) ? NOT_ONE_LINE : { ok: true, password };
}

const refused = (de: string, en: string) => ({ ok: false, problem: { de, en } }) as const;

const MISSING = refused(
  'Das Passwort fehlt: Geben Sie es über die Standardeingabe.',
  'The password is missing: give it on standard input.',
);
const TOO_LONG = refused(
  `Das Passwort ist länger als ${MAX_SECRET} Zeichen: Auf der Standardeingabe darf nichts anderes stehen.`,
  `The password is longer than ${MAX_SECRET} characters: nothing else may stand on standard input.`,
);
const NOT_ONE_LINE = refused(
  'Das Passwort hat mehr als eine Zeile: Auf der Standardeingabe darf nichts anderes stehen.',
  'The password has more than one line: nothing else may stand on standard input.',
);
const NOT_UTF8 = refused(
  'Das Passwort ist nicht in UTF-8: Geben Sie es am Terminal ein, oder speichern Sie die Datei in UTF-8.',
  'The password is not in UTF-8: type it at a terminal, or save the file in UTF-8.',
);

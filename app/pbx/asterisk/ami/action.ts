import type { AmiAction } from './connection.ts';
import { MAX_ACTION_HEADERS, MAX_ACTION_LINE } from './limits.ts';
import type { AmiHeader } from './packet.ts';

export type WrittenAction =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly detail: string };

/**
 * An action as Asterisk reads it. Refuses what Asterisk would not take as it is meant: CR, LF or NUL in a name or value
 * (they would begin another header or action), a name that is none, and more than its buffers hold. The detail names
 * the header and never its value.
 */
export function writeAction({ name, headers = [] }: AmiAction, actionId: string): WrittenAction {
  const all: readonly AmiHeader[] = [['Action', name], ['ActionID', actionId], ...headers];
  if (all.length > MAX_ACTION_HEADERS)
    return { ok: false, detail: `${name}: more than ${MAX_ACTION_HEADERS} headers` };
  let text = '';
  for (const [header, value] of all) {
    if (!HEADER_NAME.test(header)) return { ok: false, detail: `${shown(name)}: a header without a name` };
    if (FORBIDDEN.test(value))
      return { ok: false, detail: `${shown(name)}: CR, LF or NUL in the value of ${header}` };
    const line = `${header}: ${value}\r\n`;
    if (Buffer.byteLength(line) > MAX_ACTION_LINE)
      return { ok: false, detail: `${shown(name)}: the value of ${header} is too long` };
    text += line;
  }
  return { ok: true, bytes: Buffer.from(`${text}\r\n`) };
}

const HEADER_NAME = /^[A-Za-z][\w-]*$/;
const FORBIDDEN = /[\r\n\0]/;

/** The name may be what is wrong. */
const shown = (name: string) => JSON.stringify(name.slice(0, 40));

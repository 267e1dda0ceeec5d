/** The options of a command line, by their names. */
export type ReadOptions =
  | { readonly ok: true; readonly given: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly text: string };

/** Longest value of an option, in characters: longer than anything an account may hold. */
const MAX_VALUE = 4_096;

/** Reads options with and without a value. A word that is not known, or known already, is a problem, never ignored. */
export function readOptions(
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

/** The options that were given, under the names the program has for them. */
export function present<Name extends string>(
  given: ReadonlyMap<string, string>,
  names: Readonly<Record<Name, string>>,
): { readonly [Key in Name]?: string } {
  const found: { [Key in Name]?: string } = {};
  for (const name of Object.keys(names) as Name[]) {
    const value = given.get(names[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

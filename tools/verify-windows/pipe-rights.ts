/** What the rights of the companion's pipe must be, read from what Windows says about them. Pure. */

/** Full access, as it is asked for and as Windows writes it back for a pipe. */
const FULL = ['GA', 'FA', '0x1f01ff'];
/** Generic read and write without FILE_CREATE_PIPE_INSTANCE. */
const READ_AND_WRITE = ['0x12019b'];

/** Windows shortens the SID of the built-in administrator, whose last number is 500. */
const isUser = (trustee: string, user: string): boolean =>
  trustee === user || (trustee === 'LA' && /^S-1-5-21-.*-500$/.test(user));

/** Who a trustee is, and what he may do; nobody else may do anything. */
function party(trustee: string, user: string): { name: string; rights: readonly string[] } | undefined {
  if (trustee === 'OW' || isUser(trustee, user)) return { name: 'the owner', rights: FULL };
  if (trustee === 'SY') return { name: 'SYSTEM', rights: FULL };
  return trustee === 'NS' ? { name: 'the telephony service', rights: READ_AND_WRITE } : undefined;
}

/**
 * What is wrong with a pipe's owner and list of rights, in SDDL; empty when nothing is.
 * @param user SID of the user the companion runs as
 */
export function judgePipeRights(sddl: string, user: string): string[] {
  const parts = /^(?:O:([A-Z]{2}|S-[\d-]+?))?(?:G:(?:[A-Z]{2}|S-[\d-]+?))?D:([A-Z]*)((?:\([^)]*\))*)/.exec(
    sddl,
  );
  if (!parts) return ['the pipe has no list of rights: everybody may open it'];
  const [, owner = '', flags = '', entries = ''] = parts;
  const problems = isUser(owner, user) ? [] : [`the pipe belongs to ${owner || 'nobody'}`];
  if (!flags.includes('P')) problems.push('rights are inherited from elsewhere');
  const found = new Set<string>();
  for (const [, entry = ''] of entries.matchAll(/\(([^)]*)\)/g)) {
    const [kind, , rights = '', , , trustee = ''] = entry.split(';');
    const allowed = party(trustee, user);
    if (kind !== 'A') problems.push(`an entry is no permission: ${kind}`);
    else if (allowed === undefined) problems.push(`${trustee} has rights`);
    else if (!allowed.rights.includes(rights)) problems.push(`${allowed.name} has the rights ${rights}`);
    else found.add(allowed.name);
  }
  const wanted = ['SYSTEM', 'the owner', 'the telephony service'];
  return [
    ...problems,
    ...wanted.filter((name) => !found.has(name)).map((name) => `${name} lacks its rights`),
  ];
}

/** The SID in what `whoami /user` prints; undefined when there is none. */
export const sidIn = (text: string): string | undefined => /S-1-5-[\d-]+/.exec(text)?.[0];

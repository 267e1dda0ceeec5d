import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type Written = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** Writes a neighbour and puts it in the file's place: a crash leaves the old file or the new one, never half of one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const neighbour = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = await open(neighbour, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
}

/** How work on a file ended, with what the system said. */
export const written = (work: Promise<void>): Promise<Written> =>
  work.then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, detail: textOf(error) }),
  );

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

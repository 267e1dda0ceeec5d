/** An unpacked Asterisk: where its parts are, and how it is started with the libraries it came with. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RELEASES } from './releases.ts';

export type Installation = {
  readonly major: number;
  /** As the program tells it: `22.10.1`. */
  readonly version: string;
  /** Its own dynamic loader; the machine's C library may be another. */
  readonly program: string;
  /** What stands before Asterisk's own arguments. */
  readonly arguments: readonly string[];
  /** Folder of its modules. */
  readonly modules: string;
  /** Its documentation, without which it takes no configuration. */
  readonly data: string;
};

/** Where fetched releases are kept. */
export const CACHE = fileURLToPath(new URL('../../out/asterisk/', import.meta.url));

/** Written last: a folder that has it is whole. */
export const STAMP = 'asterisk.json';

/** The releases that are fetched, newest first. */
export function installations(cache = CACHE): Installation[] {
  return RELEASES.flatMap(({ major }) => {
    const folder = join(cache, String(major));
    if (!existsSync(join(folder, STAMP))) return [];
    const { version } = JSON.parse(readFileSync(join(folder, STAMP), 'utf8')) as { version: string };
    return [{ major, version, ...layout(folder) }];
  });
}

/**
 * Finds the parts of an unpacked Asterisk: Debian moved libraries and loader over the years.
 *
 * @throws when a part is missing
 */
export function layout(folder: string): Pick<Installation, 'program' | 'arguments' | 'modules' | 'data'> {
  const root = join(folder, 'root');
  const bases = ['usr/lib', 'lib'].map((path) => join(root, path));
  const machineFolders = bases.flatMap((base) =>
    list(base)
      .filter((name) => name.includes('-linux-gnu'))
      .map((name) => join(base, name)),
  );
  const libraries = [...machineFolders, join(root, 'usr/lib')];
  const loader = first(
    [...machineFolders, join(root, 'lib64'), join(root, 'usr/lib64')].flatMap((place) =>
      list(place)
        .filter((name) => /^ld-(linux.*\.so\.\d+|\d.*\.so)$/.test(name))
        .map((name) => join(place, name)),
    ),
    'dynamic loader',
  );
  return {
    program: loader,
    arguments: [
      '--library-path',
      libraries.join(':'),
      first([join(root, 'usr/sbin/asterisk')].filter(existsSync), 'program'),
    ],
    modules: first(
      libraries.map((place) => join(place, 'asterisk/modules')).filter(existsSync),
      'folder of modules',
    ),
    data: first([join(root, 'usr/share/asterisk')].filter(existsSync), 'folder of data'),
  };
}

function first(found: readonly string[], what: string): string {
  if (found[0] === undefined) throw new Error(`The packages hold no ${what} of Asterisk.`);
  return found[0];
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

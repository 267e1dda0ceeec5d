// Which packages ship with Tapline, read from the lock file alone.

/** What is read of one entry of package-lock.json. */
export interface LockEntry {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  os?: string | string[];
  cpu?: string | string[];
}

/** package-lock.json, version 3. */
export interface LockFile {
  packages: Record<string, LockEntry>;
}

/** A package that is part of what a user installs. */
export interface ShippedPackage {
  name: string;
  version: string;
  /** Undefined where the lock file names none, as with manifests of before 2014. */
  licence: string | undefined;
  /** Where it lies, relative to the project. */
  path: string;
  /** Built for one system: it is present only there, and carries its own notices beside its binary. */
  native: boolean;
}

/** Development dependencies that ship all the same: Electron is the program Tapline runs in. */
const SHIPS_ANYWAY = ['node_modules/electron'];

/** Licences that ask for no more than their notice. Any other needs a person's decision. */
const ALLOWED_LICENCES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'];

/**
 * Lists the packages that ship: the production dependencies for all systems, and Electron. Sorted by
 * name and version; a version that lies in two places is listed once.
 *
 * @param lock the parsed package-lock.json
 */
export function shippedPackages(lock: LockFile): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.link || !entry.version) continue;
    if ((entry.dev || entry.devOptional) && !SHIPS_ANYWAY.includes(path)) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const key = `${name}@${entry.version}`;
    if (found.has(key)) continue;
    const native = entry.os !== undefined || entry.cpu !== undefined;
    found.set(key, { name, version: entry.version, licence: entry.license, path, native });
  }
  // A blank sorts before every character of a name, so "alpha" comes before "alpha-win32".
  const title = ({ name, version }: ShippedPackage) => `${name} ${version}`;
  return [...found.values()].sort((a, b) => (title(a) < title(b) ? -1 : 1));
}

/**
 * The packages whose licence is not on the list of allowed ones.
 *
 * @param packages with the licence filled in where it is known
 */
export function refusedPackages(packages: readonly ShippedPackage[]): ShippedPackage[] {
  return packages.filter(({ licence }) => licence === undefined || !ALLOWED_LICENCES.includes(licence));
}

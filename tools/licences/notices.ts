// Writes THIRD-PARTY-NOTICES from package-lock.json; with --check, fails when the file is out of date.

import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NoticedPackage, normalise, renderNotices } from './render.ts';
import { type LockFile, refusedPackages, type ShippedPackage, shippedPackages } from './shipped.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILE = 'THIRD-PARTY-NOTICES';

/** What came of making the notices: the text, or why there is none. */
export type Notices = { ok: true; text: string } | { ok: false; refused: ShippedPackage[] };

/**
 * Makes the notices from the lock file and the installed packages. Fails on a licence that is not on the
 * list of allowed ones.
 *
 * @param root the project's folder, its packages installed
 */
export function makeNotices(root: string = ROOT): Notices {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  const packages = shippedPackages(lock).map((shipped) => withText(root, shipped));
  const refused = refusedPackages(packages);
  return refused.length > 0 ? { ok: false, refused } : { ok: true, text: renderNotices(packages) };
}

/**
 * Tells whether the file in the project says what it should.
 *
 * @param root the project's folder
 */
export function areNoticesCurrent(root: string = ROOT): boolean {
  const notices = makeNotices(root);
  return notices.ok && readOptional(join(root, FILE)) === notices.text;
}

function withText(root: string, shipped: ShippedPackage): NoticedPackage {
  if (shipped.native) return { ...shipped, text: undefined };
  const folder = join(root, shipped.path);
  const file = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying)(\.(txt|md))?$/i.test(name))
    .sort()[0];
  return {
    ...shipped,
    licence: shipped.licence ?? licenceOfOldManifest(folder),
    text: file === undefined ? undefined : normalise(readFileSync(join(folder, file), 'utf8')),
  };
}

// Before 2014 a manifest listed its licences; npm leaves those out of the lock file.
function licenceOfOldManifest(folder: string): string | undefined {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    licenses?: { type?: string }[];
  };
  return manifest.licenses?.length === 1 ? manifest.licenses[0]?.type : undefined;
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function main(args: readonly string[]): number {
  const notices = makeNotices();
  if (!notices.ok) {
    console.error('These packages would ship under a licence that is not allowed:');
    for (const { name, version, licence } of notices.refused) {
      console.error(`  ${name} ${version}: ${licence ?? 'none named'}`);
    }
    console.error('Replace them, or add the licence to tools/licences/shipped.ts once a person agreed.');
    return 1;
  }
  if (!args.includes('--check')) {
    writeFileSync(join(ROOT, FILE), notices.text);
    return 0;
  }
  if (areNoticesCurrent()) return 0;
  console.error(`${FILE} does not fit package-lock.json.`);
  console.error('Run "node tools/run.mjs tools/licences/notices.ts" and commit the file.');
  return 1;
}

const started = process.argv[1];
if (started && realpathSync(started) === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));

/**
 * Whether a build can be repeated bit for bit: everything for Windows is built again, from nothing, into another
 * folder, and compared. What differs would keep anybody from proving that a published DLL came from these sources.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildWindows, type WindowsArchitecture } from './build.ts';
import { buildProbe, buildSetup } from './programs.ts';

/** Builds what ships and what people run for one architecture. @returns the images */
export async function buildImages(architecture: WindowsArchitecture, outDir: string): Promise<string[]> {
  const { library } = await buildWindows(architecture, outDir);
  const images = [library, await buildProbe(architecture, outDir)];
  return architecture === 'x64' ? [...images, await buildSetup(outDir)] : images;
}

/** The place of the first byte in which two images differ; undefined when they are the same. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number | undefined {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) if (one[at] !== other[at]) return at;
  return one.length === other.length ? undefined : shared;
}

export interface Repeated {
  readonly file: string;
  readonly sha256: string;
  /** What differs; undefined when nothing does. */
  readonly problem: string | undefined;
}

/**
 * Builds again and compares. The other folder's name has another length: a path in an image would show.
 * @param images what buildImages built for this architecture
 */
export async function buildAgain(
  architecture: WindowsArchitecture,
  images: readonly string[],
): Promise<Repeated[]> {
  const folder = await mkdtemp(join(tmpdir(), 'built-again-to-compare-'));
  try {
    const again = await buildImages(architecture, folder);
    return await Promise.all(images.map((image, at) => compare(image, again[at] ?? '')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(image: string, again: string): Promise<Repeated> {
  const [one, other] = await Promise.all([readFile(image), readFile(again)]);
  const at = firstDifference(one, other);
  return {
    file: basename(image),
    sha256: createHash('sha256').update(one).digest('hex'),
    problem: at === undefined ? undefined : `two builds differ from byte ${at} on`,
  };
}

/** The images that are verified: taken from a folder, built, or found where they were built before. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toolPrefixes, type WindowsArchitecture } from '../native/compile.ts';
import { buildImages } from '../native/reproducible.ts';

export interface Images {
  readonly library: string;
  readonly setup: string;
  readonly probe: string;
  /** lineprobe as a 32-bit program. */
  readonly probe32: string;
}

/** What each image is called in the result. */
export const imagesIn = (folder: string): Images => ({
  library: join(folder, 'x64', 'tapline.tsp'),
  setup: join(folder, 'x64', 'tsp-setup.exe'),
  probe: join(folder, 'x64', 'lineprobe.exe'),
  probe32: join(folder, 'x86', 'lineprobe.exe'),
});

function compilersAreHere(): boolean {
  return Object.values(toolPrefixes).every(
    (prefix) => spawnSync(`${prefix}-gcc`, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

/** Finds or builds the images. @param given the folder of --build */
export async function prepareImages(given: string | undefined, out: string): Promise<Images> {
  const folder = resolve(given ?? out);
  if (given === undefined && compilersAreHere()) {
    const architectures: readonly WindowsArchitecture[] = ['x64', 'x86'];
    for (const architecture of architectures) await buildImages(architecture, join(out, architecture));
  }
  const images = imagesIn(folder);
  const missing = Object.values(images).find((file) => !existsSync(file));
  if (missing !== undefined)
    throw new Error(
      `${missing} is not there. Build on Linux (node tools/native/build.ts x64, then x86) and give the folder with --build`,
    );
  return images;
}

/** The SHA-256 of each image, by its name for the result file. */
export function hashesOf(images: Images): Record<string, string> {
  return Object.fromEntries(
    Object.entries(images).map(([name, file]) => [
      name,
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

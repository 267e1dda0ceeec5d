/**
 * Draws the icons of build/icons from their shapes. With --check it compares the files with what it would draw, pixel by
 * pixel: another zlib compresses the same pixels to other bytes.
 *
 *   node tools/app/icons.ts [--check]
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeIco, encodeIco } from './icons/ico.ts';
import { decodePng, encodePng } from './icons/png.ts';
import { draw, type Picture } from './icons/raster.ts';
import { icons } from './icons/shapes.ts';

export const ICON_FOLDER = join(import.meta.dirname, '../../build/icons');

/** Every file with its pictures, in the order of the shapes. */
export function drawIcons(): Map<string, readonly Picture[]> {
  return new Map(
    icons.flatMap(({ name, layers, colour, sizes, single }) => {
      const pictures = new Map(sizes.map((size) => [size, draw(layers, size, colour)]));
      const one = pictures.get(single) ?? draw(layers, single, colour);
      return [
        [`${name}.ico`, [...pictures.values()]],
        [`${name}.png`, [one]],
      ] as const;
    }),
  );
}

/** What is wrong with the files of a folder: missing, another picture, or nobody's. Empty when all is well. */
export function compareIcons(folder: string): string[] {
  const drawn = drawIcons();
  const wrong = [...drawn].flatMap(([name, pictures]) => {
    const kept = read(join(folder, name));
    if (!kept) return [`${name} is missing or unreadable`];
    return samePictures(kept, pictures) ? [] : [`${name} is another picture than its shape`];
  });
  const strangers = readdirSync(folder).filter((name) => !drawn.has(name));
  return [...wrong, ...strangers.map((name) => `${name} belongs to no shape`)];
}

function read(path: string): Picture[] | undefined {
  try {
    const file = readFileSync(path);
    return path.endsWith('.ico') ? decodeIco(file) : [decodePng(file)];
  } catch {
    return undefined;
  }
}

const samePictures = (kept: readonly Picture[], drawn: readonly Picture[]): boolean =>
  kept.length === drawn.length &&
  kept.every(({ size, rgba }, at) => size === drawn[at]?.size && Buffer.compare(rgba, drawn[at].rgba) === 0);

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const wrong = compareIcons(ICON_FOLDER);
    for (const line of wrong) console.error(line);
    if (wrong.length > 0) process.exitCode = 1;
    else console.log(`${icons.length} icons are as their shapes say.`);
  } else {
    rmSync(ICON_FOLDER, { recursive: true, force: true });
    mkdirSync(ICON_FOLDER, { recursive: true });
    for (const [name, pictures] of drawIcons()) {
      const [first] = pictures;
      if (!first) continue;
      writeFileSync(join(ICON_FOLDER, name), name.endsWith('.ico') ? encodeIco(pictures) : encodePng(first));
    }
    console.log(`${icons.length} icons drawn.`);
  }
}

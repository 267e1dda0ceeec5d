import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeIco } from './icons/ico.ts';
import { flatten } from './icons/path.ts';
import { decodePng, encodePng } from './icons/png.ts';
import { draw } from './icons/raster.ts';
import { icons } from './icons/shapes.ts';
import { compareIcons, ICON_FOLDER } from './icons.ts';

describe('drawing', () => {
  const at = (picture: ReturnType<typeof draw>, x: number, y: number) => [
    ...picture.rgba.subarray((y * picture.size + x) * 4, (y * picture.size + x) * 4 + 4),
  ];

  it('fills the inside, leaves the outside empty, and erases', () => {
    const picture = draw(
      [{ path: 'M0 0 L12 0 L12 24 L0 24 Z' }, { path: 'M0 0 L12 0 L12 12 L0 12 Z', erases: true }],
      24,
      '#ff8000',
    );
    expect(at(picture, 5, 18)).toEqual([255, 128, 0, 255]);
    expect(at(picture, 5, 5)).toEqual([0, 0, 0, 0]);
    expect(at(picture, 18, 18)).toEqual([0, 0, 0, 0]);
  });

  it('covers a pixel by half where the edge goes through its middle', () => {
    const picture = draw([{ path: 'M0 0 L12.5 0 L12.5 24 L0 24 Z' }], 24, '#000000');
    expect(at(picture, 12, 10)).toEqual([0, 0, 0, 128]);
  });

  it('draws a line as wide as it says, with round ends', () => {
    const picture = draw([{ path: 'M12 12 L12 12', stroke: 20 }], 24, '#000000');
    expect(at(picture, 12, 3)[3]).toBe(255);
    expect(at(picture, 3, 3)[3]).toBe(0);
  });

  it('goes through the ends of a curve and refuses what it does not know', () => {
    const [line = []] = flatten('M0 0 C0 10 10 10 10 0');
    expect([line[0], line.at(-1)]).toEqual([
      [0, 0],
      [10, 0],
    ]);
    expect(line[12]?.[1]).toBeCloseTo(7.5);
    expect(() => flatten('M0 0 A1 1 0 0 0 5 5')).toThrow('A is unknown');
    expect(() => flatten('M0 0 L5')).toThrow('coordinate is missing');
  });

  it('reads back the PNG it writes', () => {
    const picture = draw(icons[0]?.layers ?? [], 20, '#123456');
    expect(decodePng(encodePng(picture))).toEqual(picture);
  });
});

describe('the icons that are kept', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapline-icons-'));
    cpSync(ICON_FOLDER, folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are what their shapes say', () => {
    expect(compareIcons(ICON_FOLDER)).toEqual([]);
  });

  it('are missed, and told from others', () => {
    unlinkSync(join(folder, 'tray-idle-dark.ico'));
    writeFileSync(join(folder, 'tray-idle-light.png'), encodePng(draw([], 32, '#000000')));
    writeFileSync(join(folder, 'left-over.png'), '');
    expect(compareIcons(folder)).toEqual([
      'tray-idle-light.png is another picture than its shape',
      'tray-idle-dark.ico is missing or unreadable',
      'left-over.png belongs to no shape',
    ]);
  });

  it('have every size Windows asks for, and no two states look the same', () => {
    const pictures = icons
      .filter(({ name }) => name.startsWith('tray-') && name.endsWith('-dark'))
      .map(({ name }) => decodeIco(readFileSync(join(ICON_FOLDER, `${name}.ico`))));
    for (const sizes of pictures) expect(sizes.map(({ size }) => size)).toEqual([16, 20, 24, 32, 40, 48]);
    const smallest = pictures.map(([first]) => Buffer.from(first?.rgba ?? []).toString('hex'));
    expect(new Set(smallest).size).toBe(5);
  });
});

import { flatten, type Point, type Polyline } from './path.ts';

/** One layer of an icon on a grid of 24 by 24. */
export type Layer = {
  /** SVG path data. */
  readonly path: string;
  /** Width of a line with round ends along the path; without one, the path's inside is filled. */
  readonly stroke?: number;
  /** Takes away what the layers before it drew. */
  readonly erases?: true;
  /** `#rrggbb`; the icon's own colour without one. */
  readonly colour?: string;
};

/** Straight RGBA, eight bits each, rows from the top. */
export type Picture = { readonly size: number; readonly rgba: Uint8Array };

const GRID = 24;

/** Draws layers, the first at the bottom, as a square picture with soft edges. */
export function draw(layers: readonly Layer[], size: number, colour: string): Picture {
  const shapes = layers.map((layer) => ({ layer, covers: coverage(layer) }));
  // Small pictures show every uneven edge; large ones cost the more.
  const samples = size <= 48 ? 8 : 4;
  const rgba = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let covered = 0;
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const point: Point = [
          ((x + ((sample % samples) + 0.5) / samples) * GRID) / size,
          ((y + (Math.floor(sample / samples) + 0.5) / samples) * GRID) / size,
        ];
        const top = shapes.findLast(({ covers }) => covers(point));
        if (!top || top.layer.erases) continue;
        const [r, g, b] = channels(top.layer.colour ?? colour);
        red += r;
        green += g;
        blue += b;
        covered += 1;
      }
      if (covered === 0) continue;
      const alpha = (covered * 255) / (samples * samples);
      const pixel = [red / covered, green / covered, blue / covered, alpha].map(Math.round);
      rgba.set(pixel, (y * size + x) * 4);
    }
  }
  return { size, rgba };
}

function channels(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** Whether a point is inside a layer's shape. */
function coverage({ path, stroke }: Layer): (point: Point) => boolean {
  const lines = flatten(path);
  const margin = (stroke ?? 0) / 2;
  const xs = lines.flat().map(([x]) => x);
  const ys = lines.flat().map(([, y]) => y);
  const [left, right] = [Math.min(...xs) - margin, Math.max(...xs) + margin];
  const [top, bottom] = [Math.min(...ys) - margin, Math.max(...ys) + margin];
  const covers = (point: Point): boolean =>
    stroke === undefined
      ? lines.filter((line) => encloses(line, point)).length % 2 === 1
      : lines.some((line) => isNear(line, point, margin ** 2));
  return (point) =>
    point[0] >= left && point[0] <= right && point[1] >= top && point[1] <= bottom && covers(point);
}

/** Even-odd: how often a ray to the right crosses the line. */
function encloses(line: Polyline, [x, y]: Point): boolean {
  let inside = false;
  for (let at = 1; at < line.length; at += 1) {
    const [fromX, fromY] = line[at - 1] as Point;
    const [toX, toY] = line[at] as Point;
    if (fromY > y === toY > y) continue;
    if (x < fromX + ((y - fromY) * (toX - fromX)) / (toY - fromY)) inside = !inside;
  }
  return inside;
}

function isNear(line: Polyline, [x, y]: Point, reach: number): boolean {
  for (let at = 1; at < line.length; at += 1) {
    const [fromX, fromY] = line[at - 1] as Point;
    const [toX, toY] = line[at] as Point;
    const [dx, dy] = [toX - fromX, toY - fromY];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length));
    if ((fromX + along * dx - x) ** 2 + (fromY + along * dy - y) ** 2 <= reach) return true;
  }
  return false;
}

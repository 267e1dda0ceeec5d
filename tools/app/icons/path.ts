/** SVG path data as points: what the icons' few shapes need of it (M, L, C, Q and Z with absolute coordinates). */

export type Point = readonly [x: number, y: number];
/** Points that follow each other; closed where the first is also the last. */
export type Polyline = readonly Point[];

/** Pieces that a curve is cut into. */
const PIECES = 24;

/** Turns path data into polylines. Throws on anything it does not know, with the place. */
export function flatten(data: string): Polyline[] {
  const lines: Point[][] = [];
  let line: Point[] = [];
  for (const [, command = '', rest = ''] of data.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    if (!'MLCQZ'.includes(command)) throw new Error(`${command} is unknown in ${data}`);
    const numbers = rest.match(/-?\d*\.?\d+/g)?.map(Number) ?? [];
    const points = pairs(numbers, data);
    const last = line.at(-1);
    if (command === 'M') {
      line = [...points];
      lines.push(line);
    } else if (command === 'Z' && line[0]) line.push(line[0]);
    else if (command === 'L') line.push(...points);
    else if ((command === 'C' || command === 'Q') && last) {
      const step = command === 'C' ? 3 : 2;
      let from = last;
      for (let at = 0; at + step <= points.length; at += step) {
        const controls = points.slice(at, at + step);
        line.push(...curve([from, ...controls]));
        from = controls.at(-1) ?? from;
      }
    } else throw new Error(`${command} has nothing to go on from in ${data}`);
  }
  return lines;
}

function pairs(numbers: readonly number[], data: string): Point[] {
  if (numbers.length % 2 !== 0) throw new Error(`a coordinate is missing in ${data}`);
  return numbers.flatMap((x, at) => (at % 2 === 0 ? [[x, numbers[at + 1] ?? 0] as const] : []));
}

/** A Bézier curve of any degree, by de Casteljau's construction, without its first point. */
function curve(controls: readonly Point[]): Point[] {
  return Array.from({ length: PIECES }, (_, piece) => {
    const t = (piece + 1) / PIECES;
    let points = controls;
    while (points.length > 1) {
      points = points.slice(1).map(([x, y], at) => {
        const [fromX, fromY] = points[at] as Point;
        return [fromX + (x - fromX) * t, fromY + (y - fromY) * t] as const;
      });
    }
    return points[0] as Point;
  });
}

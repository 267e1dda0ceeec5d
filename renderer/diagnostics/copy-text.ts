/** Lines that can be copied: from an index to before another. */
export type Copyable = {
  readonly from: number;
  readonly to: number;
  readonly line: (index: number) => string;
};

/** As much as main takes at once (the limit of `copyText`), in characters. */
const LONGEST = 4_000_000;

export type Copied = { readonly text: string; readonly count: number; readonly cut: boolean };

/** The lines as one text. Where they are too long for the clipboard the last ones stay: they are what just happened. */
export function copyText({ from, to, line }: Copyable, longest = LONGEST): Copied {
  const lines: string[] = [];
  let length = 0;
  for (let index = to - 1; index >= from; index -= 1) {
    const text = line(index);
    length += text.length + 1;
    if (length > longest) break;
    lines.push(text);
  }
  return { text: lines.reverse().join('\n'), count: lines.length, cut: lines.length < to - from };
}

/** One line of a copy: tabs between the columns, none inside. */
export const columns = (cells: readonly string[]): string =>
  cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t');

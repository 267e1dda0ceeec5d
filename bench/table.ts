/** A line of a table: what it is about, its figures, and what they ought to be. */
export type Row = { readonly label: string; readonly cells: readonly string[]; readonly goal?: string };

/** A table as text: labels to the left, figures to the right, under their heads. */
export function renderTable(head: Row, rows: readonly Row[]): string[] {
  const all = [head, ...rows];
  const labels = Math.max(...all.map(({ label }) => label.length));
  const widths = head.cells.map((_, at) => Math.max(...all.map(({ cells }) => cells[at]?.length ?? 0)));
  return all.map(({ label, cells, goal = '' }) => {
    const figures = widths.map((width, at) => (cells[at] ?? '').padStart(width));
    return [label.padEnd(labels), ...figures, goal].join('  ').trimEnd();
  });
}

const NOTHING = '-';

/** A figure with `digits` behind the point; a dash where nothing was measured. */
export const figure = (value: number | undefined, digits = 0): string =>
  value === undefined ? NOTHING : value.toFixed(digits);

/** Bytes with their thousands apart. */
export const bytes = (value: number | undefined): string =>
  value === undefined ? NOTHING : value.toLocaleString('en-GB');

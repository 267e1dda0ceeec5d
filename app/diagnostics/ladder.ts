import type { Leg, TraceEntry } from './trace.ts';

const legs: readonly Leg[] = ['pbx', 'core', 'link', 'tapi'];
const titles: Readonly<Record<Leg, string>> = { pbx: 'PBX', core: 'core', link: 'link', tapi: 'TAPI' };
const WIDTHS: Readonly<Record<Leg, number>> = { pbx: 29, core: 22, link: 20, tapi: 31 };
const arrows: Readonly<Record<TraceEntry['direction'], string>> = { in: '→ ', out: '← ', note: '' };

/** The entries of one call, in the order they happened. */
export function rungs(entries: readonly TraceEntry[], call: number): TraceEntry[] {
  return entries
    .filter((entry) => entry.call === call)
    .sort((a, b) => a.at - b.at || a.sequence - b.sequence);
}

/**
 * A call's way as lines of text: a row for each thing that happened, with its time after the first in ms, in the column
 * of the leg where it happened. On the PBX's side → comes from the PBX; on TAPI's side → goes to the program.
 */
export function renderLadder(steps: readonly TraceEntry[]): string[] {
  const first = steps[0];
  if (!first) return [];
  const row = (time: string, cell: (leg: Leg) => string): string =>
    `${time.padStart(9)}  ${legs.map((leg) => pad(cell(leg), WIDTHS[leg])).join('  ')}`.trimEnd();
  const lines = [row('ms', (leg) => titles[leg]), row('', (leg) => '─'.repeat(WIDTHS[leg]))];
  for (const step of steps) {
    const time = (step.at - first.at).toFixed(1);
    lines.push(row(time, (leg) => (leg === step.leg ? arrow(step) + step.label : '')));
  }
  return lines;
}

/** Arrows show the way between PBX and program: what comes in from the PBX and what goes out to TAPI both point right. */
function arrow(step: TraceEntry): string {
  if (step.leg === 'pbx' || step.direction === 'note') return arrows[step.direction];
  return arrows[step.direction === 'in' ? 'out' : 'in'];
}

const pad = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

import type { PathFigures } from './path.ts';
import type { Summary } from './percentiles.ts';
import type { DeliveredSizes } from './start-and-sizes.ts';
import { bytes, figure, type Row, renderTable } from './table.ts';

/** All that was measured; what could not be measured is absent. */
export type Figures = {
  readonly native?: PathFigures;
  readonly wine?: PathFigures;
  readonly sizes?: DeliveredSizes;
  /** ms. */
  readonly start?: Summary;
};

/** The sum of both hops at one percentile. */
const floorOf = (path: PathFigures, at: 'p50' | 'p99'): number => path.tcp[at] + path.pipe[at];

/** The tables of one run, line by line. */
export function renderFigures({ native, wine, sizes, start }: Figures): string[] {
  const places = [native, wine];
  const row = (label: string, of: (path: PathFigures) => readonly string[], goal?: string): Row => ({
    label,
    cells: places.flatMap((path) => (path ? of(path) : ['-', '-'])),
    ...(goal !== undefined && { goal }),
  });
  const times = (of: (path: PathFigures) => { p50: number; p99: number }, digits = 0) => {
    return (path: PathFigures): readonly string[] => [
      figure(of(path).p50, digits),
      figure(of(path).p99, digits),
    ];
  };
  const ratio = (of: (path: PathFigures) => Summary) => {
    return (path: PathFigures): readonly string[] => [figure(of(path).p50 / floorOf(path, 'p50'), 2), ''];
  };
  const floor = (path: PathFigures) => ({ p50: floorOf(path, 'p50'), p99: floorOf(path, 'p99') });
  const sample = native ?? wine;
  const stanza = `${sample?.stanzaBytes ?? '-'} bytes`;
  const frame = `${sample?.frameBytes ?? '-'} bytes`;
  return [
    ...renderTable({ label: 'µs', cells: ['native p50', 'p99', 'Wine p50', 'p99'], goal: 'goal' }, [
      { label: 'From the stanza on the PBX’s socket to LINE_CALLSTATE', cells: [] },
      row(
        '  new call: OFFERING',
        times((path) => path.offering),
        'p99 below 5000 natively',
      ),
      row(
        '  call over: DISCONNECTED',
        times((path) => path.disconnected),
        'p99 below 5000 natively',
      ),
      { label: 'Floor of the same hops', cells: [] },
      row(
        `  TCP echo, one way, ${stanza}`,
        times((path) => path.tcp),
      ),
      row(
        `  pipe echo, one way, ${frame}`,
        times((path) => path.pipe),
      ),
      row('  floor: the sum', times(floor)),
      row(
        '  not in it: TLS echo instead of TCP',
        times((path) => path.tls),
      ),
      { label: 'Times the floor', cells: [] },
      row(
        '  new call',
        ratio((path) => path.offering),
        'p50 at most 1.5',
      ),
      row(
        '  call over',
        ratio((path) => path.disconnected),
        'p50 at most 1.5',
      ),
      row(
        'A synchronous TSPI question',
        times((path) => path.questions, 2),
        'p99 at most 100',
      ),
    ]),
    '',
    ...renderTable({ label: 'Size and start', cells: [''] }, [
      { label: '  tapline.tsp x64, bytes', cells: [bytes(sizes?.x64)] },
      { label: '  tapline.tsp x86, bytes', cells: [bytes(sizes?.x86)] },
      { label: '  headless companion, one script, bytes', cells: [bytes(sizes?.bundle)] },
      {
        label: '  its start until it listens, native, p50 in ms',
        cells: [figure(start?.p50)],
      },
    ]),
    '',
    ...notes(native, wine),
  ];
}

function notes(native: PathFigures | undefined, wine: PathFigures | undefined): string[] {
  const clock = (name: string, path: PathFigures | undefined): string[] =>
    path
      ? [
          `The host’s clock, ${name}: ${figure(path.clock.us)} µs from ours, ± ${figure(path.clock.uncertainty)} µs. ` +
            `${path.offering.count} calls, ${path.tcp.count} echoes, ${path.questions.count} questions.`,
        ]
      : [];
  return [
    'The path goes through TLS and through a second thread of the DLL; the floor does not. Besides, the companion',
    'tells this program every trace entry, which nobody asks of one that people use. Calls and echoes come one at',
    'a time with pauses between them: caches and clocks of the cores are as cold as at a call.',
    ...clock('native', native),
    ...clock('Wine', wine),
  ];
}

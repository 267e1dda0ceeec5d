import type { ClockOffset } from '../clock.ts';
import type { Summary } from '../percentiles.ts';
import { bytes, figure, type Row, renderTable } from '../table.ts';
import type { AppStart } from './app-start.ts';
import { type Flood, keptUp } from './flood-figures.ts';
import type { FlyoutTimes } from './flyout-times.ts';
import type { Idle, IdleFigures } from './idle.ts';
import type { PageSizes } from './page-sizes.ts';
import type { PopupTimes } from './popup-times.ts';
import type { TraceCost } from './trace-cost.ts';

/** What was measured of the application with its windows; what could not be measured is absent. */
export type WindowFigures = {
  readonly popup?: PopupTimes;
  readonly flyout?: FlyoutTimes;
  readonly pages?: PageSizes;
  readonly appStart?: AppStart;
  readonly floods?: readonly Flood[];
  readonly traceCost?: TraceCost;
  readonly idle?: IdleFigures;
};

const MEBIBYTE = 1_048_576;
const NOTHING = '-';

/** The tables of the windows, line by line. */
export function renderWindow(figures: WindowFigures): string[] {
  return [
    ...waits(figures),
    '',
    ...scripts(figures),
    '',
    ...tracing(figures),
    '',
    ...idleness(figures),
    '',
    ...notes(figures),
  ];
}

function waits({ popup, flyout, appStart }: WindowFigures): string[] {
  const row = (label: string, summary: Summary | undefined, goal?: string): Row => ({
    label,
    cells: [figure(summary?.p50, 1), figure(summary?.p95, 1)],
    ...(goal !== undefined && { goal }),
  });
  return renderTable({ label: 'The windows, native, ms', cells: ['p50', 'p95'], goal: 'goal' }, [
    { label: 'From the stanza on the PBX’s socket', cells: [] },
    row('  to the call on the popup’s page', popup?.named),
    row('  to the popup’s window shown', popup?.shown),
    row('  to the popup painted', popup?.painted, 'p95 at most 120'),
    { label: 'From the click on the tray icon', cells: [] },
    row('  to the flyout’s page loading in its new process', flyout?.begun),
    row('  to the flyout painted', flyout?.painted),
    { label: 'From the start of the main process', cells: [] },
    row('  to ready, a main script that does nothing', appStart?.empty),
    row('  to ready', appStart?.ready),
    row('  to the tray icon', appStart?.tray),
  ]);
}

function scripts({ pages }: WindowFigures): string[] {
  const react = pages?.reactAlone ?? Number.NaN;
  return renderTable({ label: 'Scripts, bytes', cells: ['gzipped', 'beyond React'], goal: 'goal' }, [
    { label: '  React and ReactDOM alone', cells: [bytes(pages?.reactAlone)] },
    ...(pages?.pages ?? []).map(({ kind, gzipped }) => ({
      label: `  page ${kind}`,
      cells: [bytes(gzipped), bytes(gzipped - react)],
      goal: 'at most 112,640 (110 KiB)',
    })),
    { label: '  main bundle, not gzipped', cells: [bytes(pages?.main)] },
    { label: '  preload, not gzipped', cells: [bytes(pages?.preload)] },
  ]);
}

function tracing({ floods, traceCost }: WindowFigures): string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const cost = traceCost && {
    us: traceCost.traced.p50 - traceCost.untraced.p50,
    share: traceCost.traced.p50 / traceCost.untraced.p50 - 1,
  };
  return [
    ...renderTable(
      {
        label: 'Trace lines a second',
        cells: ['traced', 'shown, with the lag', 'lag, ms', 'lost'],
        goal: 'goal',
      },
      floods?.map((flood, at) => ({
        label: `  ${bytes(flood.rate)} wanted: ${keptUp(flood) ? 'the page kept up' : 'the page fell behind'}`,
        cells: [
          bytes(Math.round(flood.traced)),
          bytes(Math.round(flood.shown)),
          figure(flood.lag),
          flood.lost === '' ? 'none' : flood.lost,
        ],
        ...(at === 0 && { goal: 'keeps up at 20,000, none lost' }),
      })) ?? [{ label: '  not measured', cells: [NOTHING, NOTHING, NOTHING, NOTHING] }],
    ),
    '',
    ...renderTable(
      { label: 'Tracing on a call’s path, in one process, µs', cells: ['p50', 'p95'], goal: 'goal' },
      [
        costRow('from the stanza’s text to the frame, traced', traceCost?.traced),
        costRow('the same with a trace that keeps nothing', traceCost?.untraced),
        {
          label: '  the difference',
          cells: [figure(cost?.us, 2), cost ? percent(cost.share) : NOTHING],
          goal: 'below 2 %',
        },
        costRow('put off until after the frame: redacting and storing', traceCost?.afterwards),
      ],
    ),
  ];
}

const costRow = (label: string, summary: Summary | undefined, digits = 1): Row => ({
  label: `  ${label}`,
  cells: [figure(summary?.p50, digits), figure(summary?.p95, digits)],
});

function idleness({ idle }: WindowFigures): string[] {
  const row = (label: string, of: (idle: Idle) => number, digits = 0): Row => ({
    label: `  ${label}`,
    cells: [figure(idle && of(idle.application), digits), figure(idle && of(idle.empty), digits)],
  });
  return renderTable(
    { label: 'The main process at rest, signed in', cells: ['Tapline', 'a main script that does nothing'] },
    [
      row('resident memory, MiB', ({ resident }) => resident / MEBIBYTE, 1),
      row('  of it no file’s', ({ anonymous }) => anonymous / MEBIBYTE, 1),
      row('wake-ups a minute, main thread', ({ mainThread }) => mainThread),
      row('wake-ups a minute, all threads', ({ allThreads }) => allThreads),
    ],
  );
}

function notes({ popup, idle }: WindowFigures): string[] {
  const clock = ({ us, uncertainty }: ClockOffset): string =>
    `${figure(us)} µs from ours, ± ${figure(uncertainty)} µs`;
  return [
    'The main process runs on the stand-in for Electron, its pages in Chromium without a screen and without a',
    'graphics processor. Painted means: the first frame that began after the content and the window were there is',
    'over, up to two frames of 16.7 ms later.',
    'A page keeps up when its lag, from the last line traced to the last line painted, is at most 250 ms.',
    ...(popup ? [`The popup’s clock: ${clock(popup.clock)}. ${popup.painted.count} calls.`] : []),
    ...(idle
      ? [
          `At rest for ${idle.seconds} s. A wake-up is a voluntary context switch: a thread waited and got something to do.`,
          `The session’s keep-alive is in it: ${idle.pings} pings a minute, each a timer, the answer, and Node’s timer for an`,
          'answer that had come. V8’s collector, which looks for garbage some seconds apart, is the rest.',
        ]
      : []),
  ];
}

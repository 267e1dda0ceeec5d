import type { DeliveredSizes } from '../start-and-sizes.ts';
import { bytes, figure, type Row, renderTable } from '../table.ts';
import type { DriverFigures } from './driver.ts';

/** What was measured of the driver; what could not be measured is absent. */
export type DriverRun = {
  readonly driverNative?: DriverFigures;
  readonly driverWine?: DriverFigures;
  readonly sizes?: DeliveredSizes;
};

const KIB_GOAL = 'below 153,600 (150 KiB)';

/** The tables of one run, line by line. */
export function renderDriver({ driverNative, driverWine, sizes }: DriverRun): string[] {
  const places = [driverNative, driverWine];
  const row = (label: string, of: (figures: DriverFigures) => readonly string[], goal?: string): Row => ({
    label,
    cells: places.flatMap((figures) => (figures ? of(figures) : ['-', '-'])),
    ...(goal !== undefined && { goal }),
  });
  const times = (of: (figures: DriverFigures) => { p50: number; p99: number }, digits = 0) => {
    return (figures: DriverFigures): readonly string[] => [
      figure(of(figures).p50, digits),
      figure(of(figures).p99, digits),
    ];
  };
  return [
    ...renderTable(
      { label: 'The driver, µs', cells: ['native p50', 'p99', 'Wine p50', 'p99'], goal: 'goal' },
      [
        row(
          'From the companion’s write to the callback',
          times(({ event }) => event),
        ),
        row(
          '  pipe echo, one way, in turns with it',
          times(({ pipe }) => pipe),
        ),
        row(
          '  times the echo',
          ({ event, pipe }) => [figure(event.p50 / pipe.p50, 2), ''],
          'p50 at most 1.5',
        ),
        row(
          'From TSPI_lineMakeCall to the frame',
          times(({ makeCall }) => makeCall),
        ),
        row(
          'A synchronous TSPI question',
          times(({ question }) => question, 2),
          'p99 at most 100',
        ),
        row('Events per second, with a line of the host for each', ({ eventsPerSecond }) => [
          figure(eventsPerSecond),
          '',
        ]),
      ],
    ),
    '',
    ...renderTable({ label: 'Size, bytes', cells: [''], goal: 'goal' }, [
      { label: '  tapline.tsp x64', cells: [bytes(sizes?.x64)], goal: KIB_GOAL },
      { label: '  tapline.tsp x86', cells: [bytes(sizes?.x86)], goal: KIB_GOAL },
    ]),
  ];
}

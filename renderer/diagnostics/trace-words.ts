import type { TraceRow } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { traceTime } from '../text/format.ts';
import type { T } from '../text/text.ts';
import type { Leg, Way } from './trace-ring.ts';

export const legKeys: Readonly<Record<Leg, PlainKey>> = {
  pbx: 'leg.pbx',
  core: 'leg.core',
  link: 'leg.link',
  tapi: 'leg.tapi',
};

export const wayKeys: Readonly<Record<Way, PlainKey>> = {
  in: 'direction.in',
  out: 'direction.out',
  note: 'direction.note',
};

/** The columns of the trace. */
export const traceColumns = (t: T): readonly string[] => [
  t('column.time'),
  t('column.leg'),
  t('column.direction'),
  t('column.call'),
  t('column.event'),
  t('column.detail'),
];

/** An entry in these columns. */
export const traceCells = (row: TraceRow, t: T): readonly string[] => [
  traceTime(row.at),
  t(legKeys[row.leg]),
  t(wayKeys[row.direction]),
  row.call === 0 ? '' : `#${row.call}`,
  row.label,
  row.detail,
];

import { bytes, figure, type Row, renderTable } from '../table.ts';
import { type AmiFigures, CONTENDERS, PEERS, type Rates } from './event-rate.ts';

const MEBIBYTE = 1_048_576;

const LABELS = {
  session: 'Tapline’s session, only receiving',
  tapline: 'Tapline, socket to published call',
  'asterisk-manager': 'peer: asterisk-manager, only receiving',
  'asterisk-ami-client': 'peer: asterisk-ami-client, only receiving',
} as const;

/** The table of the AMI session, line by line; dashes where nothing was measured. */
export function renderAmi(figures: AmiFigures | undefined): string[] {
  return [
    ...table('UserEvents of a dial plan, a second', figures?.userEvents),
    '',
    ...table('All events of a call, a second', figures?.everything),
    '',
    `Heap: growth over ${bytes(figures?.events)} events, after collection. Each has a server and a process of its own;`,
    'runs take turns, the one in the middle counts. Processor time is that of all threads.',
  ];
}

function table(title: string, rates: Rates | undefined): string[] {
  const fastest = Math.max(...PEERS.map((peer) => rates?.[peer]?.perSecond ?? Number.NaN));
  const rows = CONTENDERS.map((contender): Row => {
    const rate = rates?.[contender];
    return {
      label: `  ${LABELS[contender]}`,
      cells: [
        rate ? bytes(Math.round(rate.perSecond)) : '-',
        figure(rate?.processorUs, 1),
        figure(rate && rate.heapGrowth / MEBIBYTE, 1),
        rate && fastest > 0 ? (rate.perSecond / fastest).toFixed(1) : '-',
      ],
      ...(contender === 'tapline' && { goal: 'three times the faster peer' }),
    };
  });
  return renderTable(
    {
      label: title,
      cells: ['a second', 'processor, µs each', 'heap, MiB', 'of the faster peer'],
      goal: 'goal',
    },
    rows,
  );
}

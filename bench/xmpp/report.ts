import { bytes, figure, type Row, renderTable } from '../table.ts';
import type { WakeUps } from '../wake-ups.ts';
import type { EventFigures, Rate } from './event-rate.ts';
import type { ServerReturn } from './server-return.ts';
import type { SessionIdle } from './session-idle.ts';
import type { SignInFigures, SignIns } from './sign-in.ts';

/** What was measured of the session; what could not be measured is absent. */
export type SessionFigures = {
  readonly events?: EventFigures;
  readonly signIns?: SignIns;
  readonly serverReturn?: ServerReturn;
  readonly sessionIdle?: SessionIdle;
};

const MEBIBYTE = 1_048_576;
const NOTHING = '-';

/** The tables of the session, line by line. */
export function renderSession(figures: SessionFigures): string[] {
  return [
    ...rates(figures),
    '',
    ...growth(figures),
    '',
    ...signIns(figures),
    '',
    ...returns(figures),
    '',
    ...idleness(figures),
    '',
    ...notes(figures),
  ];
}

function rates({ events }: SessionFigures): string[] {
  const row = (label: string, rate: Rate | undefined, goal?: string): Row => ({
    label: `  ${label}`,
    cells: [
      rate ? bytes(Math.round(rate.perSecond)) : NOTHING,
      figure(rate?.processorUs, 1),
      rate && events ? `${((rate.perSecond / events.parser.perSecond) * 100).toFixed()} %` : NOTHING,
    ],
    ...(goal !== undefined && { goal }),
  });
  return renderTable(
    { label: 'ChannelEvents', cells: ['a second', 'processor, µs each', 'of the floor'], goal: 'goal' },
    [
      row('floor: @xmpp/xml, the same bytes in memory', events?.parser),
      row('peer: client() of @xmpp/client, only receiving', events?.stock),
      row('Tapline, socket to published call', events?.tapline, '60 % of the floor, not behind the peer'),
      row('the same to the frame for a shim', events?.withShim),
      row('the peer without encryption', events?.stockPlain),
      row('Tapline without encryption', events?.taplinePlain),
    ],
  );
}

function growth({ events }: SessionFigures): string[] {
  const heap = events?.heap;
  const mebibytes = (value: number | undefined): string => figure(value && value / MEBIBYTE, 1);
  return renderTable({ label: 'Tapline’s heap after collection, MiB', cells: [''] }, [
    { label: '  before', cells: [mebibytes(heap?.before)] },
    {
      label: `  ${bytes(heap?.events)} events later, ${bytes(heap?.calls)} calls in all`,
      cells: [mebibytes(heap?.after)],
    },
    { label: '  growth', cells: [heap ? ((heap.after - heap.before) / MEBIBYTE).toFixed(1) : NOTHING] },
  ]);
}

function signIns({ signIns: at }: SessionFigures): string[] {
  const servers = [
    ['the embedded PBX', at?.simulator],
    ['Prosody', at?.prosody],
  ] as const;
  const row = (
    label: string,
    clients: readonly (SignInFigures | undefined)[],
    of: keyof SignInFigures,
  ): Row => ({
    label: `  ${label}`,
    cells: clients.flatMap((client) => [figure(client?.[of].p50), figure(client?.[of].p99)]),
  });
  const head = { label: 'Signing in and asking', cells: ['Tapline p50', 'p99', 'client() p50', 'p99'] };
  return renderTable(
    head,
    servers.flatMap(([name, server]) => {
      const clients = [server?.tapline, server?.stock];
      return [
        row(`${name}: nothing to bound address, ms`, clients, 'bound'),
        row(`${name}: nothing to user information, ms`, clients, 'greeted'),
        row(`${name}: a question and its answer, µs`, clients, 'question'),
      ];
    }),
  );
}

function returns({ serverReturn }: SessionFigures): string[] {
  const row = (label: string, of: 'byItself' | 'checked'): Row => {
    const summary = serverReturn?.[of];
    return {
      label: `  ${label}`,
      cells: [figure(summary?.p50), figure(summary?.p95), figure(summary?.p99), figure(summary?.count)],
    };
  };
  const away = figure(serverReturn && serverReturn.away / 1_000);
  return renderTable(
    {
      label: `A server that was killed and is back after ${away} s, ms to signed in`,
      cells: ['p50', 'p95', 'p99', 'times'],
    },
    [row('by itself', 'byItself'), row('told that the network is back', 'checked')],
  );
}

function idleness({ sessionIdle: idle }: SessionFigures): string[] {
  const row = (label: string, of: keyof WakeUps): Row => ({
    label: `  ${label}`,
    cells: [figure(idle?.tapline[of]), figure(idle?.stock[of]), figure(idle?.nothing[of])],
  });
  return renderTable(
    {
      label: 'Online and idle, wake-ups a minute',
      cells: ['Tapline', 'client()', 'a Node that does nothing'],
    },
    [row('main thread', 'mainThread'), row('all threads', 'allThreads')],
  );
}

function notes({ events, sessionIdle }: SessionFigures): string[] {
  return [
    ...(events
      ? [
          'The floor gets the bytes in the pieces in which they come out of the socket, and makes characters and elements of',
          'them; no network is in it. Server and clients are processes of their own.',
          'Runs take turns; the one in the middle counts. Processor time is that of all threads of the client.',
        ]
      : []),
    ...(sessionIdle
      ? [
          `At rest for ${sessionIdle.seconds} s. In Tapline’s are ${sessionIdle.pings} pings a minute, each a timer and an answer.`,
        ]
      : []),
  ];
}

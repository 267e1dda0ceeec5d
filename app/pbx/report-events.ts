import type { Call, DisconnectMode, Parties, Party } from '../calls/call.ts';
import type { CallEvent } from '../calls/reduce.ts';
import type { ChannelReport, GoneCause } from './port.ts';

/** What a PBX's report about a channel means for the call, in the call model's words. */
export function reportEvents(report: ChannelReport, call: Call | undefined, at: number): CallEvent[] {
  const { origin } = report;
  const told = { at, parties: partiesOf(report), ...(origin && { origin }) };
  const { what } = report;
  switch (what.kind) {
    case 'ringing':
      return [{ ...told, type: report.direction === 'inbound' ? 'offered' : 'ringing' }];
    case 'busy':
      return [{ ...told, type: 'answered' }];
    case 'renamed':
      return [{ ...told, type: 'described' }];
    case 'farBusy':
      return [{ ...told, type: 'farBusy', mode: 'station' }];
    case 'disconnected':
      return endEvents(report, call, what.cause, 'disconnected', at);
    case 'gone':
      return endEvents(report, call, what.cause, 'ended', at);
    default:
      return [{ ...told, type: what.kind }];
  }
}

function endEvents(
  { direction }: ChannelReport,
  call: Call | undefined,
  cause: GoneCause,
  type: 'disconnected' | 'ended',
  at: number,
): CallEvent[] {
  const end: CallEvent = { type, mode: endModes[cause], at };
  if (call?.answered) return [{ ...end, mode: 'normal' }];
  // Here nobody answered in time, or the caller gave up: no fault of the far end's.
  if (cause === 'noAnswer' && direction === 'inbound') return [{ ...end, mode: 'normal' }];
  // TAPI programs show BUSY before the end of a call that met a busy far end, and know no other state between.
  if (cause !== 'busy' || direction === 'inbound') return [end];
  const busy: CallEvent = { type: 'farBusy', mode: 'station', at };
  return type === 'ended' ? [busy, end] : [busy];
}

/** The reason that a program reads, for a call that was never connected. */
const endModes: Readonly<Record<GoneCause, DisconnectMode>> = {
  unsaid: 'normal',
  busy: 'busy',
  noAnswer: 'noAnswer',
  rejected: 'reject',
  answeredElsewhere: 'pickup',
  forwarded: 'forwarded',
  unknownNumber: 'badAddress',
  congestion: 'congestion',
  outOfOrder: 'outOfOrder',
  cancelled: 'cancelled',
  failed: 'unreachable',
};

/** Ends that the PBX knows nothing of are left as the call has them. */
function partiesOf(report: ChannelReport): Partial<Parties> {
  const known: { -readonly [End in keyof Parties]?: Party } = {};
  for (const end of ENDS) {
    const party = report[end];
    if (party && (party.number !== '' || party.name !== '' || party.withheld)) known[end] = party;
  }
  return known;
}

const ENDS = ['caller', 'called', 'connected', 'redirecting'] as const;

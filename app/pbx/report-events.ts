import type { Call, DisconnectMode, Parties } from '../calls/call.ts';
import type { CallEvent } from '../calls/reduce.ts';
import type { ChannelReport, GoneCause } from './port.ts';

/** What a PBX's report about a channel means for the call, in the call model's words. */
export function reportEvents(report: ChannelReport, call: Call | undefined, at: number): CallEvent[] {
  const parties = partiesOf(report);
  switch (report.what.kind) {
    case 'ringing':
      return [{ type: report.direction === 'inbound' ? 'offered' : 'ringing', at, parties }];
    case 'busy':
      return [{ type: 'answered', at, parties }];
    case 'held':
      return [{ type: 'held', at, parties }];
    case 'retrieved':
      return [{ type: 'retrieved', at, parties }];
    case 'renamed':
      return [{ type: 'described', at, parties }];
    case 'gone':
      return goneEvents(report, call, report.what.cause, at);
  }
}

function goneEvents(
  report: ChannelReport,
  call: Call | undefined,
  cause: GoneCause,
  at: number,
): CallEvent[] {
  const ended: CallEvent = { type: 'ended', mode: goneModes[cause], at };
  if (call?.answered) return [{ ...ended, mode: 'normal' }];
  // Here nobody answered in time, or the caller gave up: no fault of the far end's.
  if (cause === 'noAnswer' && report.direction === 'inbound') return [{ ...ended, mode: 'normal' }];
  // TAPI programs show BUSY before the end of a call that met a busy far end.
  if (cause === 'busy' && report.direction === 'outbound')
    return [{ type: 'farBusy', mode: 'station', at }, ended];
  return [ended];
}

/** The reason that a program reads, for a call that was never connected. */
const goneModes: Readonly<Record<GoneCause, DisconnectMode>> = {
  unsaid: 'normal',
  busy: 'busy',
  noAnswer: 'noAnswer',
  rejected: 'reject',
  answeredElsewhere: 'pickup',
  forwarded: 'forwarded',
  failed: 'unreachable',
};

/** Ends that the PBX knows nothing of are left as the call has them. */
function partiesOf(report: ChannelReport): Partial<Parties> {
  const known = (['caller', 'called', 'redirecting'] as const).filter((end) => {
    const party = report[end];
    return party.number !== '' || party.name !== '' || party.withheld;
  });
  return Object.fromEntries(known.map((end) => [end, report[end]]));
}

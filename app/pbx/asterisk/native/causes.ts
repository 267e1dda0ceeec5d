import type { GoneCause } from '../../port.ts';
import type { Channel } from './channels.ts';
import type { LineCall } from './line-call.ts';

/** Hangup causes of Q.850 as Asterisk uses them (causes.h), for a call that its far end did not take. */
const OUTBOUND: Readonly<Record<string, GoneCause>> = {
  '1': 'unknownNumber',
  '2': 'unknownNumber',
  '3': 'outOfOrder',
  '17': 'busy',
  '18': 'noAnswer',
  '19': 'noAnswer',
  '20': 'outOfOrder',
  '21': 'rejected',
  '22': 'unknownNumber',
  '27': 'outOfOrder',
  '28': 'unknownNumber',
  '34': 'congestion',
  '38': 'outOfOrder',
  '41': 'failed',
  '42': 'congestion',
  '44': 'congestion',
  '50': 'failed',
  '58': 'failed',
  '88': 'failed',
};

/** The end of a dial attempt (DialStatus), where the cause says nothing. */
const DIAL_STATUS: Readonly<Record<string, GoneCause>> = {
  BUSY: 'busy',
  NOANSWER: 'noAnswer',
  CONGESTION: 'congestion',
  CHANUNAVAIL: 'outOfOrder',
};

/** Why a call is over whose last channel has ended. `cause`: of Q.850, empty for unknown. */
export function causeOf(call: LineCall, last: Channel, cause: string): GoneCause {
  if (call.answered) return 'unsaid';
  if (call.direction === 'inbound') return inboundCause(call, last, cause);
  if (call.originated && last.state !== 'up') return notLiftedCause(cause, last);
  return outboundCause(cause, call.head);
}

/** Why a call that the line's phone made, and nobody answered, is over. */
const outboundCause = (cause: string, { legFailure }: Channel): GoneCause =>
  OUTBOUND[cause] ?? DIAL_STATUS[legFailure] ?? 'unsaid';

/** Why a phone that was to be lifted for a call was not: nothing of it is the far end's doing. */
function notLiftedCause(cause: string, { dialStatus }: Channel): GoneCause {
  const meant = OUTBOUND[cause] ?? DIAL_STATUS[dialStatus] ?? 'unsaid';
  if (meant === 'busy') return 'rejected';
  return meant === 'unknownNumber' ? 'outOfOrder' : meant;
}

/** Why what rang at the line's phone, and was not answered there, is over. */
function inboundCause({ rang, source }: LineCall, last: Channel, cause: string): GoneCause {
  const { taken, sentAway, dialStatus } = last;
  if (taken || cause === '26') return 'answeredElsewhere';
  if (sentAway) return 'forwarded';
  if (cause === '17' || cause === '21' || dialStatus === 'BUSY') return rang ? 'rejected' : 'busy';
  // A queue or the dial plan has stopped it, and the caller waits on.
  if (dialStatus === 'CANCEL') return source && !source.leaves ? 'noAnswer' : 'cancelled';
  if (dialStatus === 'NOANSWER' || cause === '19' || cause === '18') return 'noAnswer';
  return 'unsaid';
}

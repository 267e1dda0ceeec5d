import type { ReportMessage } from '../../contract/generated/shim.ts';
import { VERB, type Verb, WIRE_TYPE } from '../../contract/generated/shim.ts';
import { LINE_MESSAGE, LINECALLSTATE, LINEERR } from '../tsp/tapi.ts';

const verbs: Readonly<Record<Verb, string>> = { answer: 'TSPI_lineAnswer', drop: 'TSPI_lineDrop' };

function requestName({ message, param2 }: ReportMessage): string {
  if (message === WIRE_TYPE.makeCall) return 'TSPI_lineMakeCall';
  if (message === WIRE_TYPE.pickup) return 'TSPI_linePickup';
  const verb = (Object.keys(VERB) as Verb[]).find((name) => VERB[name] === Number(param2));
  return verb ? verbs[verb] : `TSPI request ${message}`;
}

const nameOf = (values: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(values).find((name) => values[name] === value) ?? `0x${value.toString(16)}`;

/** What passed between the shim and the telephony service, in TAPI's words: `LINE_CALLSTATE OFFERING`. */
export function tapiLabel(report: ReportMessage): string {
  if (report.what === 'completion') {
    return report.message === 0 ? 'completion 0' : `completion ${nameOf(LINEERR, report.message)}`;
  }
  if (report.what === 'request') return requestName(report);
  const message = LINE_MESSAGE[report.message] ?? `LINE_ message ${report.message}`;
  if (message !== 'LINE_CALLSTATE') return message;
  return `${message} ${nameOf(LINECALLSTATE, Number(report.param1)).toUpperCase()}`;
}

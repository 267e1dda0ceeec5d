import type { ReportMessage } from '../../contract/generated/shim.ts';
import { WIRE_TYPE } from '../../contract/generated/shim.ts';
import { LINE_MESSAGE, LINECALLSTATE, LINEERR } from '../tsp/tapi.ts';

const requests: Readonly<Record<number, string>> = {
  [WIRE_TYPE.makeCall]: 'TSPI_lineMakeCall',
  [WIRE_TYPE.pickup]: 'TSPI_linePickup',
  [WIRE_TYPE.command]: 'TSPI_line command',
};

const nameOf = (values: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(values).find((name) => values[name] === value) ?? `0x${value.toString(16)}`;

/** What passed between the shim and the telephony service, in TAPI's words: `LINE_CALLSTATE OFFERING`. */
export function tapiLabel(report: ReportMessage): string {
  if (report.what === 'completion') {
    return report.message === 0 ? 'completion 0' : `completion ${nameOf(LINEERR, report.message)}`;
  }
  if (report.what === 'request') return requests[report.message] ?? `TSPI request ${report.message}`;
  const message = LINE_MESSAGE[report.message] ?? `LINE_ message ${report.message}`;
  if (message !== 'LINE_CALLSTATE') return message;
  return `${message} ${nameOf(LINECALLSTATE, Number(report.param1)).toUpperCase()}`;
}

import type { ReportMessage } from '../../contract/generated/shim.ts';
import { NUMBER_VERB, PAIR_VERB, VERB, WIRE_TYPE } from '../../contract/generated/shim.ts';
import { LINE_MESSAGE, LINECALLSTATE, LINEERR } from '../tsp/tapi.ts';

/** Frames that stand for one function each. */
const functions: Readonly<Record<number, string>> = {
  [WIRE_TYPE.makeCall]: 'MakeCall',
  [WIRE_TYPE.makeCallPart]: 'MakeCall',
  [WIRE_TYPE.pickup]: 'Pickup',
  [WIRE_TYPE.pickupGroup]: 'Pickup',
  [WIRE_TYPE.setupTransfer]: 'SetupTransfer',
  [WIRE_TYPE.generateDigits]: 'GenerateDigits',
};

/** Frames whose verb names the function. */
const verbs: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [WIRE_TYPE.command]: VERB,
  [WIRE_TYPE.commandNumber]: NUMBER_VERB,
  [WIRE_TYPE.commandPair]: PAIR_VERB,
};

function requestName({ message, param2 }: ReportMessage): string {
  const values = verbs[message] ?? {};
  const verb = Object.keys(values).find((name) => values[name] === Number(param2));
  // dialPart is TSPI_lineDial, too.
  const name =
    functions[message] ?? verb?.replace('Part', '').replace(/^./, (letter) => letter.toUpperCase());
  return name ? `TSPI_line${name}` : `TSPI request ${message}`;
}

const nameOf = (values: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(values).find((name) => values[name] === value) ?? `0x${value.toString(16)}`;

/** What passed between the shim and the telephony service, in TAPI's words: `LINE_CALLSTATE OFFERING`. */
export function tapiLabel(report: ReportMessage): string {
  if (report.what === 'completion') {
    return report.message === 0 ? 'completion 0' : `completion ${nameOf(LINEERR, report.message)}`;
  }
  if (report.what === 'request') return requestName(report);
  if (report.what === 'ignored') return `line ignored: session ${report.message} publishes it`;
  const message = LINE_MESSAGE[report.message] ?? `LINE_ message ${report.message}`;
  if (message !== 'LINE_CALLSTATE') return message;
  return `${message} ${nameOf(LINECALLSTATE, Number(report.param1)).toUpperCase()}`;
}

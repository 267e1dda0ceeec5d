import { describe, expect, it } from 'vitest';
import type { ReportMessage } from '../../contract/generated/shim.ts';
import { tapiLabel } from './tapi-label.ts';

const report = (what: ReportMessage['what'], message: number, param1 = 0n, param2 = 0n): ReportMessage => ({
  kind: 'report',
  what,
  line: 1,
  call: 17,
  message,
  param1,
  param2,
  param3: 0n,
});

describe('what TAPI was told reads in TAPI’s words', () => {
  it.each<[ReportMessage, string]>([
    [report('event', 2, 0x100n), 'LINE_CALLSTATE CONNECTED'],
    [report('event', 2, 0x2000n), 'LINE_CALLSTATE ONHOLDPENDTRANSFER'],
    [report('event', 2, 0x3n), 'LINE_CALLSTATE 0X3'],
    [report('event', 500), 'LINE_NEWCALL'],
    [report('event', 77), 'LINE_ message 77'],
    [report('completion', 0), 'completion 0'],
    [report('ignored', 2), 'line ignored: session 2 publishes it'],
    [report('completion', 0x8000_0048), 'completion operationFailed'],
    [report('completion', 0x8000_ffff), 'completion 0x8000ffff'],
    [report('request', 4), 'TSPI_lineMakeCall'],
    [report('request', 5), 'TSPI_linePickup'],
    [report('request', 6, 0n, 1n), 'TSPI_lineAnswer'],
    [report('request', 6, 0n, 2n), 'TSPI_lineDrop'],
    [report('request', 6, 0n, 4n), 'TSPI_lineHold'],
    [report('request', 9, 0n, 2n), 'TSPI_lineDial'],
    [report('request', 9, 0n, 4n), 'TSPI_lineBlindTransfer'],
    [report('request', 10, 0n, 2n), 'TSPI_lineCompleteTransfer'],
    [report('request', 11), 'TSPI_lineMakeCall'],
    [report('request', 13), 'TSPI_lineSetupTransfer'],
    [report('request', 14), 'TSPI_lineGenerateDigits'],
    [report('event', 7), 'LINE_GENERATE'],
    [report('request', 6, 0n, 9n), 'TSPI request 6'],
    [report('request', 99), 'TSPI request 99'],
  ])('%o', (message, label) => {
    expect(tapiLabel(message)).toBe(label);
  });
});

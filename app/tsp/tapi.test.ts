import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CallStatus } from '../calls/call.ts';
import {
  featureBits,
  LINE_MESSAGE,
  LINEADDRFEATURE,
  LINECALLORIGIN,
  LINECALLPARTYID,
  LINECALLREASON,
  LINECALLSTATE,
  LINEERR,
  LINEFEATURE,
  modeValue,
} from './tapi.ts';

const COMPILER = 'x86_64-w64-mingw32-gcc';

/** Names of the headers that are not the word of the model in capitals. */
const spelled: Readonly<Record<string, string>> = {
  unavailable: 'UNAVAIL',
  customerIrregular: 'CUSTIRREG',
  temporaryFailure: 'TEMPFAILURE',
  qosUnavailable: 'QOSUNAVAIL',
  forwardedBusy: 'FWDBUSY',
  forwardedNoAnswer: 'FWDNOANSWER',
  forwardedUnconditional: 'FWDUNCOND',
  callUnavailable: 'CALLUNAVAIL',
  invalidAddress: 'INVALADDRESS',
  invalidCallHandle: 'INVALCALLHANDLE',
  invalidCallState: 'INVALCALLSTATE',
  invalidLineHandle: 'INVALLINEHANDLE',
  operationUnavailable: 'OPERATIONUNAVAIL',
  resourceUnavailable: 'RESOURCEUNAVAIL',
};

const define = (prefix: string, word: string): string => `${prefix}_${spelled[word] ?? word.toUpperCase()}`;

const table = (prefix: string, values: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(values).map(([word, value]) => [define(prefix, word), value]);

const modes = (prefix: string, state: string, words: string): [string, number][] =>
  words.split(' ').map((mode) => [define(prefix, mode), modeValue({ state, mode } as CallStatus)]);

const verbs = 'accept answer blindTransfer dial drop generateDigits hold redirect unhold';

/** Every number that we have of TAPI's, under the name it has in tapi.h or tspi.h. */
const ours: readonly [name: string, value: number][] = [
  ...table('LINECALLSTATE', LINECALLSTATE),
  ...modes('LINEDIALTONEMODE', 'dialtone', 'normal special internal external unknown unavailable'),
  ...modes('LINEBUSYMODE', 'busy', 'station trunk unknown unavailable'),
  ...modes('LINECONNECTEDMODE', 'connected', 'active inactive activeHeld inactiveHeld confirmed'),
  ...modes('LINEOFFERINGMODE', 'offering', 'active inactive'),
  ...modes('LINESPECIALINFO', 'specialInfo', 'noCircuit customerIrregular reorder unknown unavailable'),
  ...modes(
    'LINEDISCONNECTMODE',
    'disconnected',
    'normal unknown reject pickup forwarded busy noAnswer badAddress unreachable congestion incompatible ' +
      'unavailable noDialTone numberChanged outOfOrder temporaryFailure qosUnavailable blocked doNotDisturb ' +
      'cancelled',
  ),
  ...table('LINECALLORIGIN', LINECALLORIGIN),
  ...table('LINECALLREASON', LINECALLREASON),
  ...table('LINECALLPARTYID', LINECALLPARTYID),
  ...table('LINEFEATURE', LINEFEATURE),
  ...table('LINEADDRFEATURE', LINEADDRFEATURE),
  ...table('LINEERR', LINEERR),
  ...verbs
    .split(' ')
    .map((verb): [string, number] => [define('LINECALLFEATURE', verb), featureBits([verb as 'drop'])]),
  ...Object.entries(LINE_MESSAGE).map(([value, name]): [string, number] => [name, Number(value)]),
];

/**
 * The same names through the compiler: a line `name value` for each, evaluated by the preprocessor and the compiler's
 * constant folding, so that casts and sums in the headers do not matter.
 */
function headerValues(): Map<string, number> | undefined {
  const source = [
    '#define TAPI_CURRENT_VERSION 0x00030001',
    '#include <windows.h>',
    '#include <tapi.h>',
    '#include <tspi.h>',
    ...ours.map(([name]) => `unsigned int value_${name} = (unsigned int)(${name});`),
  ].join('\n');
  const { error, status, stdout, stderr } = spawnSync(COMPILER, ['-S', '-O1', '-x', 'c', '-o', '-', '-'], {
    input: source,
    encoding: 'utf8',
  });
  if (error) return undefined;
  if (status !== 0) throw new Error(stderr);
  const values = /^value_(\w+):\s+\.(?:long\s+(-?\d+)|space\s+4)/gm;
  return new Map(
    [...stdout.matchAll(values)].map(([, name, value]) => [`${name}`, Number(value ?? 0) >>> 0]),
  );
}

describe('TAPI’s numbers', () => {
  it('are those of tapi.h and tspi.h', ({ skip }) => {
    const header = headerValues();
    if (!header && !process.env['CI']) skip(`${COMPILER} is missing: npm run setup installs it`);
    expect(header, `${COMPILER} is missing`).toBeDefined();
    expect(ours.map(([name]) => [name, header?.get(name)])).toEqual(ours);
  });

  it('states without a mode have the mode 0', () => {
    for (const state of [
      'idle',
      'accepted',
      'dialing',
      'ringback',
      'proceeding',
      'onHold',
      'unknown',
    ] as const)
      expect(modeValue({ state })).toBe(0);
  });

  it('several features are the sum of their bits', () => {
    expect(featureBits(['answer', 'drop'])).toBe(132);
    expect(featureBits([])).toBe(0);
  });
});

/** All 121 statements, and the twelve that only Windows can prove. */
import { binary } from './binary.ts';
import { calls } from './calls.ts';
import { operations } from './operations.ts';
import { structures } from './structures.ts';

export const STATEMENTS = [...binary, ...structures, ...calls, ...operations];

/** The sections of the reference, by the first number of each. */
export const SECTIONS: readonly (readonly [first: number, title: string])[] = [
  [1, 'Binary and load'],
  [8, 'Negotiation, start and end'],
  [25, 'Capabilities'],
  [40, 'Lines'],
  [54, 'Outgoing calls'],
  [74, 'Incoming calls'],
  [87, 'Operations, information and order'],
  [112, 'Devices, link and robustness'],
];

/** What a person with Windows has to see. */
export const BY_HAND: Readonly<Record<string, string>> = {
  R1: 'The telephony service starts with the DLL registered.',
  R2: 'A 32-bit program sees the line and controls it.',
  R3: 'A DLL that lies in SysWOW64 only is not loaded.',
  R4: 'A program that only monitors, and calls nobody owns.',
  R5: 'The service is stopped during a call, and started again.',
  R6: 'TSPI_lineCloseCall after a TSPI_lineMakeCall that failed.',
  R7: 'The buttons and dialogs of "Phone and Modem", from 64-bit and 32-bit programs.',
  R8: 'Switching users, a remote desktop session, two users at once.',
  R9: 'A feature update of Windows.',
  R10: 'Outlook, dialer.exe, TAPI Browser, Phoner, a CRM program.',
  R11: 'Smart App Control, WDAC and mitigations of the service.',
  R12: 'Windows on ARM64.',
};

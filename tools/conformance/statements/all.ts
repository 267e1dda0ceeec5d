/** All 121 statements. */
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

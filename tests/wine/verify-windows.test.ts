import { it } from 'vitest';
import { linesVerified } from '../scenarios/lines-verified.ts';

it(
  'every check at the lines passes with the real lineprobe, DLL and companion',
  () => linesVerified('x64'),
  300_000,
);

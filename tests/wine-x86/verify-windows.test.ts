import { it } from 'vitest';
import { linesVerified } from '../scenarios/lines-verified.ts';

it('every check at the lines passes with lineprobe and the DLL for x86', () => linesVerified('x86'), 300_000);

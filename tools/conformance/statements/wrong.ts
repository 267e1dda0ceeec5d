/** The deliberately wrong providers: each must be caught by the statement it breaks. */
import { type Place, scenarios, type TestProof } from '../statement.ts';

/** Each fault of native-shim/tests/wrong/faults.h and the statement by which tsphost catches it. */
export const CAUGHT: Readonly<Record<string, number>> = {
  EXPORT_MISSING: 1,
  EXPORT_DECORATED: 2,
  CALLBACK_AFTER_END: 19,
  NEVER_COMPLETED: 21,
  NEEDED_SIZE: 25,
  UNTERMINATED_TEXT: 25,
  TOTAL_SIZE: 26,
  BEYOND_TOTAL_SIZE: 28,
  INLINE_EVENT: 40,
  LINE_EVENT_LATE: 49,
  INLINE_CALL: 53,
  NO_HANDLE: 54,
  EARLY_EVENT: 55,
  HANDLE_LATE: 56,
  COMPLETED_TWICE: 57,
  TRANSITION: 58,
  NO_MEDIA_MODE: 58,
  FAILED_CALL_EVENT: 60,
  CELL: 74,
  TRUNCATED_HANDLE: 76,
  REFUSED_AGAIN: 77,
  NO_IDLE: 80,
  STATUS: 88,
  COMPLETED_AND_ERROR: 104,
  RETURNS_ZERO: 104,
  IDLE_TWICE: 105,
  OVERLAP: 106,
  LOCKED_CALLBACK: 107,
  IDLE_LATE: 109,
  HANDLE_REUSED: 111,
};

/** Faults that are also built for Windows x64, and loaded under Wine; only there names can be decorated. */
const FOR_WINDOWS = [
  'EXPORT_DECORATED',
  'NEEDED_SIZE',
  'INLINE_CALL',
  'EARLY_EVENT',
  'COMPLETED_TWICE',
  'TRUNCATED_HANDLE',
  'IDLE_TWICE',
  'OVERLAP',
  'IDLE_LATE',
];

/** Where a fault is built and must be caught. */
export function placesOf(fault: string): readonly Place[] {
  if (fault === 'EXPORT_DECORATED') return ['x64'];
  return FOR_WINDOWS.includes(fault) ? ['native', 'x64'] : ['native'];
}

const wrongProviders = scenarios('wrong-providers', 'a wrong provider is caught');

/** The proof that a fault is caught. */
export const caughtFault = (fault: string): TestProof => ({
  ...wrongProviders(fault),
  places: placesOf(fault),
});

/** The proof that tsphost catches what breaks this statement; for statements that it judges in every scenario. */
export function caughtAt(number: number): TestProof {
  const fault = Object.keys(CAUGHT).find((name) => CAUGHT[name] === number);
  if (fault === undefined) throw new Error(`no wrong provider breaks statement ${number}`);
  return caughtFault(fault);
}

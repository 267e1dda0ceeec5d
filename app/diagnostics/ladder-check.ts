import type { Leg, TraceEntry } from './trace.ts';

/** A step that a call's ladder must have. */
export type Expected = { readonly leg: Leg; readonly label: string };

export type LadderFault = {
  /** Where the call's way broke. */
  readonly leg: Leg;
  readonly missing: string;
  /** The step is there, only not in its place. */
  readonly outOfOrder: boolean;
};

/**
 * The first expected step that a ladder lacks, or has out of order. Steps of one leg must come in their order; legs run
 * beside each other, so nothing is said of the order between them. `expected` is written in the order of cause and
 * effect: the first fault is then where the call's way broke.
 */
export function checkLadder(
  steps: readonly TraceEntry[],
  expected: readonly Expected[],
): LadderFault | undefined {
  const reached = new Map<Leg, number>();
  for (const want of expected) {
    const from = reached.get(want.leg) ?? 0;
    const matches = (step: TraceEntry): boolean => step.leg === want.leg && step.label.startsWith(want.label);
    const at = steps.findIndex((step, i) => i >= from && matches(step));
    if (at < 0) return { leg: want.leg, missing: want.label, outOfOrder: steps.some(matches) };
    reached.set(want.leg, at + 1);
  }
  return undefined;
}

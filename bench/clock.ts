/** Ticks of the wall clock that are looked at: being late for all of them is unlikely. */
const TICKS = 20;
/** Questions to the other clock: the quickest of them tells it best. */
const QUESTIONS = 50;

/** How far the wall clock is ahead of this process's own, in µs. */
function ahead(): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let tick = 0; tick < TICKS; tick += 1) {
    const start = Date.now();
    let now = start;
    while (now === start) now = Date.now();
    // Seen late or in time, never early: the largest difference is the truest.
    most = Math.max(most, now * 1_000 - performance.now() * 1_000);
  }
  return most;
}

/**
 * The wall clock in µs since 1970; Date.now() has whole ms only. Making one keeps this process busy for 20 ms. It stays
 * right to some µs over the seconds of one measurement, not for longer: nobody corrects it.
 */
export function wallClock(): () => number {
  const offset = ahead();
  return () => performance.now() * 1_000 + offset;
}

/** How far another clock is from ours, µs, and how far that can be off. */
export type ClockOffset = { readonly us: number; readonly uncertainty: number };

/** The clock of another program. */
export type OtherClock = {
  /** Like `the host’s`. */
  readonly whose: string;
  /** Its time now, µs since 1970. */
  readonly ask: () => Promise<number>;
  /** Its steps, in µs. */
  readonly step?: number;
};

/**
 * Compares another clock to ours, as NTP does (RFC 5905 section 8).
 * @throws Error when they differ: times of one and the other could not be subtracted
 */
export async function compareClocks(
  { whose, ask, step = 0 }: OtherClock,
  now: () => number,
): Promise<ClockOffset> {
  let best: ClockOffset = { us: 0, uncertainty: Number.POSITIVE_INFINITY };
  for (let question = 0; question < QUESTIONS; question += 1) {
    const asked = now();
    const told = await ask();
    const uncertainty = (now() - asked) / 2 + step;
    if (uncertainty < best.uncertainty) best = { us: told - (asked + uncertainty - step), uncertainty };
  }
  if (Math.abs(best.us) > best.uncertainty) {
    throw new Error(`${whose} clock is ${best.us.toFixed()} µs off (± ${best.uncertainty.toFixed()} µs)`);
  }
  return best;
}

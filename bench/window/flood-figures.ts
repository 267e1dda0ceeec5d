/** One flood of lines at one rate. */
export type Flood = {
  /** Lines per second that were wanted. */
  readonly rate: number;
  /** Lines per second that came. */
  readonly traced: number;
  /** Lines per second from the first one traced to the last one painted. */
  readonly shown: number;
  /** ms from the last line traced to the last line painted. */
  readonly lag: number;
  /** What the page says of lines that never reached it; empty when it says nothing. */
  readonly lost: string;
};

/** A page that shows the last line later than this has fallen behind, in ms. */
const MAX_LAG = 250;
/** A main process that traced less than this share of what was wanted has fallen behind itself. */
const ENOUGH = 0.95;

/** Whether the page kept up with the rate and has every line. */
export const keptUp = ({ lost, lag, traced, rate }: Flood): boolean =>
  lost === '' && lag <= MAX_LAG && traced >= rate * ENOUGH;

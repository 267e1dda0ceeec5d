/** How often something is measured. */
export type Rounds = {
  readonly count: number;
  /** Rounds before, which are not counted: code that runs for the first time is slow. */
  readonly warmUp: number;
  /** Between two rounds, in ms, so that nothing of one is measured in the next. */
  readonly pauseMs: number;
};

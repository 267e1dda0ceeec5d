/** Time as a port: rules that wait are tested in milliseconds. */
export type Clock = {
  /** Now, ms since 1970, with fractions. */
  readonly now: () => number;
  /** Calls `act` once after `ms`. The timer alone does not keep the process alive. */
  readonly after: (ms: number, act: () => void) => Timer;
};

export type Timer = { readonly cancel: () => void };

const BEGAN = performance.timeOrigin;

/** The machine's clock. Its fractions come from the monotonic one, so that durations in a trace are true. */
export const systemClock: Clock = {
  now: () => BEGAN + performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

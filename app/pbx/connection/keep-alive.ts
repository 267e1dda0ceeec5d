import type { Clock, Timer } from '../../clock.ts';
import type { Deadlines } from './deadlines.ts';

export type KeepAlive = {
  /** Something arrived. */
  readonly heard: () => void;
  /** Asks at once whether the peer lives. Does nothing while it is being asked. */
  readonly check: () => void;
  readonly stop: () => void;
};

/**
 * Watches a session that is online: when nothing arrives for `quiet` ms a ping goes out, and when nothing arrives for
 * `ping` ms after that either, `dead` is called once. Whatever arrives counts, an error too, and nothing else does: a
 * command under way changes nothing. One timer, which fires once in `quiet` on a session that is idle.
 * @param ping sends one (XEP-0199, AMI's Ping); its answer comes through `heard` like everything else
 */
export function startKeepAlive(
  ping: () => void,
  clock: Clock,
  deadlines: Pick<Deadlines, 'quiet' | 'ping'>,
  dead: () => void,
): KeepAlive {
  let lastHeard = clock.now();
  let asking = false;
  let stopped = false;

  const watch = () => {
    const quiet = clock.now() - lastHeard;
    if (quiet < deadlines.quiet) timer = clock.after(deadlines.quiet - quiet, watch);
    else ask();
  };
  const ask = () => {
    asking = true;
    timer = clock.after(deadlines.ping, () => {
      stopped = true;
      dead();
    });
    ping();
  };

  let timer: Timer = clock.after(deadlines.quiet, watch);
  return {
    heard: () => {
      lastHeard = clock.now();
      if (!asking || stopped) return;
      asking = false;
      timer.cancel();
      timer = clock.after(deadlines.quiet, watch);
    },
    check: () => {
      if (asking || stopped) return;
      timer.cancel();
      ask();
    },
    stop: () => {
      stopped = true;
      timer.cancel();
    },
  };
}

import { xml } from '@xmpp/client';
import type { Clock, Timer } from '../../../clock.ts';
import type { Deadlines } from '../deadlines.ts';
import { NS_PING } from './namespaces.ts';
import type { Requests } from './requests.ts';

export type KeepAlive = {
  /** Something arrived. */
  readonly heard: () => void;
  readonly stop: () => void;
};

/**
 * Watches a session that is online: when nothing arrives for a while a ping goes out (XEP-0199), and when nothing
 * arrives after that either, `dead` is called once. Any answer counts, an error too. One timer, and none is set anew
 * for what arrives.
 */
export function startKeepAlive(
  requests: Pick<Requests, 'ask'>,
  clock: Clock,
  deadlines: Deadlines,
  dead: () => void,
): KeepAlive {
  let lastHeard = clock.now();
  let stopped = false;

  const watch = () => {
    const quiet = clock.now() - lastHeard;
    if (quiet < deadlines.quiet) timer = clock.after(deadlines.quiet - quiet, watch);
    else void probe();
  };
  const probe = async () => {
    const asked = clock.now();
    const answer = await requests.ask(xml('ping', { xmlns: NS_PING }), deadlines.ping);
    if (stopped) return;
    if (answer.kind === 'unanswered' && lastHeard < asked) dead();
    else timer = clock.after(deadlines.quiet, watch);
  };

  let timer: Timer = clock.after(deadlines.quiet, watch);
  return {
    heard: () => {
      lastHeard = clock.now();
    },
    stop: () => {
      stopped = true;
      timer.cancel();
    },
  };
}

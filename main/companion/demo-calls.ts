import { type Clock, systemClock, type Timer } from '../../app/clock.ts';
import type { DemoExchange } from './demo-pbx.ts';

type User = { readonly name: string; readonly extension: string };
type Caller = { readonly number: string; readonly name: string };

/** A call from outside: when it comes after the one before is over, to whom, and how long it rings, in ms. */
type Scene = {
  readonly after: number;
  readonly caller: Caller;
  readonly to: 'me' | 'colleague';
  readonly rings: number;
};

const scenes: readonly [Scene, ...Scene[]] = [
  { after: 4_000, caller: { number: '+498912345678', name: 'Zoë Zimmer' }, to: 'me', rings: 25_000 },
  { after: 15_000, caller: { number: '+493098765432', name: 'Karl Weber' }, to: 'colleague', rings: 20_000 },
  { after: 30_000, caller: { number: '', name: '' }, to: 'me', rings: 20_000 },
];

/** People who answer when they are called, in ms of ringing. */
const HELPLINE: Caller = { number: '+498001234567', name: 'Helpline' };
const ANSWERS_AFTER = 3_000;

/**
 * Lets calls come in, one after the other and over again: to the user, and to a colleague whose call the user may take.
 * The colleague answers what the user dials. Returns the way to stop it.
 */
export function playDemoCalls(
  exchange: DemoExchange,
  me: User,
  colleague: User,
  clock: Clock = systemClock,
): () => void {
  const timers = new Set<Timer>();
  let stopped = false;
  const later = (ms: number, act: () => void) => {
    const timer = clock.after(ms, () => {
      timers.delete(timer);
      if (!stopped) act();
    });
    timers.add(timer);
  };

  exchange.outside.set(HELPLINE.number, { kind: 'answers', afterMs: ANSWERS_AFTER }, HELPLINE.name);
  const unsubscribe = exchange.subscribe((event) => {
    if (event.type !== 'channel' || event.change !== 'ringing') return;
    const { id, user, outbound, peer } = event.channel;
    if (user === colleague.name && !outbound && peer.number === me.extension)
      later(ANSWERS_AFTER, () => void exchange.answer(colleague.name, id));
  });

  const play = (at: number): void => {
    const scene = scenes[at % scenes.length] ?? scenes[0];
    later(scene.after, () => {
      const owner = scene.to === 'me' ? me : colleague;
      // Nobody is disturbed in a call: the scene waits for its turn once more.
      if (exchange.phone(me.name) !== 'free' || exchange.phone(owner.name) !== 'free') return play(at);
      const called = exchange.outside.call(scene.caller.number, scene.caller.name, owner.extension);
      if (!called.ok) return play(at + 1);
      later(scene.rings, () => {
        const channel = exchange.channels(owner.name).find(({ id }) => id === called.channel);
        if (channel?.answeredAt === 0) exchange.hangUp(called.channel);
        play(at + 1);
      });
    });
  };
  play(0);

  return () => {
    stopped = true;
    unsubscribe();
    for (const timer of timers) timer.cancel();
  };
}

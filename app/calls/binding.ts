import { sameNumber } from './same-number.ts';

/**
 * Which PBX channel belongs to which Dial. A PBX may say yes to a Dial without naming the channel it will use: then the
 * channel is recognised when it is first seen, by owner (a Binding is one line's), direction, time and number.
 */

/** How long after the request a channel can still be its channel, in ms. */
export const BIND_WINDOW_MS = 30_000;

/** Something asked of the PBX that will become a channel. */
export type Wish = {
  readonly id: number;
  readonly kind: 'dial' | 'pickup';
  /** dial: the number dialled. pickup: the caller's number, empty when it is not known. */
  readonly number: string;
  /** When it was asked, ms since 1970. */
  readonly at: number;
};

/** A line's wishes: one may wait for its channel, the others wait for that one. */
export type Binding = {
  readonly waiting?: Wish;
  /** The waiting wish was hung up before its channel was seen. */
  readonly hungUp: boolean;
  readonly queue: readonly Wish[];
};

export const noWishes: Binding = { hungUp: false, queue: [] };

/** A new binding, and the wish that is now to be sent to the PBX. */
export type Step = { readonly binding: Binding; readonly send?: Wish };

/** Adds a wish. Only one is at the PBX at a time: two unbound ones could not be told apart. */
export function ask(binding: Binding, wish: Wish): Step {
  if (binding.waiting) return { binding: { ...binding, queue: [...binding.queue, wish] } };
  return { binding: { ...binding, waiting: wish, hungUp: false }, send: wish };
}

/** A channel that no call has yet. */
export type NewChannel = {
  readonly direction: 'inbound' | 'outbound';
  readonly caller: string;
  readonly called: string;
  readonly at: number;
  /** The first that is heard of it is its end. */
  readonly gone?: boolean;
};

/** Gives a new channel to the wish it fulfils, if any. `hangUp`: nobody wants it any more, hang it up now. */
export function bind(binding: Binding, channel: NewChannel): Step & { bound?: Wish; hangUp: boolean } {
  const { waiting, hungUp } = binding;
  if (!waiting || !fulfils(waiting, channel)) return { binding, hangUp: false };
  return { ...next(binding), bound: waiting, hangUp: hungUp };
}

/** The PBX refused a wish, or its time is over: the next one goes out. */
export function settle(binding: Binding, id: number): Step {
  if (binding.waiting?.id === id) return next(binding);
  return { binding: { ...binding, queue: binding.queue.filter((wish) => wish.id !== id) } };
}

/**
 * The caller hung up before there was a channel. A wish that was not sent is forgotten: `gone`. One that was sent waits
 * for its channel, and that one is hung up: never another, as a hang-up without a channel could hit a living call.
 */
export function giveUp(binding: Binding, id: number): { binding: Binding; gone: boolean } {
  if (binding.waiting?.id === id) return { binding: { ...binding, hungUp: true }, gone: false };
  return { binding: { ...binding, queue: binding.queue.filter((wish) => wish.id !== id) }, gone: true };
}

/** When the waiting wish stops waiting for its channel, ms since 1970. */
export function deadline(binding: Binding): number | undefined {
  return binding.waiting && binding.waiting.at + BIND_WINDOW_MS;
}

function next(binding: Binding): Step {
  const [first, ...queue] = binding.queue;
  return first ? { binding: { waiting: first, hungUp: false, queue }, send: first } : { binding: noWishes };
}

function fulfils(wish: Wish, channel: NewChannel): boolean {
  if (channel.at > wish.at + BIND_WINDOW_MS) return false;
  if (wish.kind === 'dial')
    return channel.direction === 'outbound' && sameNumber(channel.called, wish.number);
  // Without a number any incoming channel would do: the end of one is more likely to be somebody else's.
  if (wish.number === '' && channel.gone) return false;
  return channel.direction === 'inbound' && (wish.number === '' || sameNumber(channel.caller, wish.number));
}

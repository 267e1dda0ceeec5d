import type { HangupCause } from '../../exchange/model.ts';
import type { Bridges } from './bridges.ts';
import type { DialPlan } from './dial-plan.ts';
import type { Hangups } from './hangups.ts';
import { type Leg, type Legs, STATES } from './legs.ts';
import type { Orders } from './orders.ts';
import type { Pickups } from './pickups.ts';
import type { Cause, Words } from './words.ts';

interface Ending {
  readonly leg: Leg;
  readonly cause: HangupCause;
}

export interface EndingParts {
  readonly words: Words;
  readonly legs: Legs;
  readonly dialPlan: DialPlan;
  readonly orders: Orders;
  readonly bridges: Bridges;
  readonly pickups: Pickups;
  readonly hangups: Hangups;
}

/** How calls end: who hung up, what became of the dialling, and the number of the cause. */
export class Endings {
  readonly #parts: EndingParts;
  /** Legs of a call that ends, until the exchange has told the last of them. */
  readonly #ending = new Map<string, Ending[]>();

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** A leg is over, and its call goes on without it: its other end was sent to `exten`, or joined with somebody. */
  leftBehind(leg: Leg, cause: 'redirected' | 'transferred', exten: string | undefined): void {
    const { words, legs, bridges, pickups, hangups } = this.#parts;
    const peer = legs.peerOf(leg);
    bridges.close(peer ? [leg, peer] : [leg]);
    if (cause === 'redirected') words.dialEnd(leg.dialledBy, leg, 'CANCEL');
    pickups.giveUp(leg.view.callId);
    if (peer) {
      peer.exten = exten ?? peer.exten;
      peer.dialledBy = undefined;
    } else if (!leg.dialledBy) words.hangupRequest('SoftHangupRequest', leg);
    hangups.end(leg, cause === 'redirected' ? 127 : 16);
  }

  /** A leg is over, and with it its call. */
  over(leg: Leg, cause: HangupCause): void {
    const { callId } = leg.view;
    const taken = this.#parts.pickups.from(callId);
    const ending = [...(this.#ending.get(callId) ?? []), { leg, cause }];
    const left = this.#parts.legs
      .all()
      .some(
        (other) =>
          other.view.callId === callId && other !== taken && !ending.some((one) => one.leg === other),
      );
    if (left) this.#ending.set(callId, ending);
    else {
      this.#ending.delete(callId);
      this.#allAtOnce(ending);
    }
  }

  #allAtOnce(ending: readonly Ending[]): void {
    const { words, dialPlan, orders, bridges, pickups, hangups } = this.#parts;
    const called = ending.find(({ leg }) => leg.dialledBy);
    const others = ending.filter((one) => one !== called);
    const [caller] = others;
    if (caller) orders.last(caller.leg);
    // Asterisk tells who hung up before it tells what comes of it: the exchange gives him the normal cause.
    const by = ending.find(({ cause }) => cause === 'normal');
    if (by) words.hangupRequest('HangupRequest', by.leg);
    bridges.close(ending.map(({ leg }) => leg));
    let code: Cause = 16;
    if (called && called.leg.state !== STATES.up) {
      const [status, number] = failure(caller?.cause, called.cause);
      code = number;
      words.dialEnd(called.leg.dialledBy, called.leg, status);
      if (called.leg.dialledBy && status !== 'CANCEL')
        dialPlan.failed(called.leg.dialledBy, status === 'BUSY');
    } else if (!called && caller) {
      code = failure(caller.cause, caller.cause)[1];
      // Nothing was dialled: the number leads nowhere.
      if (caller.leg.state === STATES.up) dialPlan.failed(caller.leg, caller.cause === 'busy');
    }
    pickups.giveUp(ending[0]?.leg.view.callId ?? '');
    if (called) hangups.end(called.leg, code);
    for (const { leg } of others) hangups.end(leg, code);
  }
}

/** How Dial ended, and the number of the cause, from what both ends were told. */
function failure(caller: HangupCause | undefined, called: HangupCause): readonly [string, Cause] {
  if (caller === 'busy') return ['BUSY', 17];
  if (called === 'unobtainable') return ['NOANSWER', 1];
  if (caller === 'no-answer') return ['NOANSWER', 127];
  return ['CANCEL', 127];
}

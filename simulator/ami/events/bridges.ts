import { randomUUID } from 'node:crypto';
import type { Leg, Legs } from './legs.ts';
import type { Words } from './words.ts';

/** Who talks with whom, as Asterisk has it: two channels in a bridge. */
export class Bridges {
  readonly #words: Words;
  readonly #legs: Legs;
  /** Bridges that wait for their second channel, by call. */
  readonly #half = new Map<string, string>();

  constructor(words: Words, legs: Legs) {
    this.#words = words;
    this.#legs = legs;
  }

  /** Two channels begin to talk. */
  open(called: Leg, caller: Leg): void {
    const bridge = this.#create();
    // Who talks in one bridge is of one call.
    const { linked } = caller;
    [called, caller].forEach((leg, at) => {
      this.#enter(leg, bridge, at + 1);
      leg.linked = linked;
    });
  }

  /** They talk no more. */
  close(legs: readonly Leg[]): void {
    const bridged = legs.filter(({ bridge }) => bridge !== '');
    const bridge = bridged[0]?.bridge;
    if (bridge === undefined) return;
    bridged.forEach((leg, at) => {
      this.#leave(leg, bridged.length - at - 1);
    });
    this.#words.bridge('BridgeDestroy', bridge);
  }

  /** The channel leaves whom it talks with for its new peer, which has come before it or follows. */
  move(leg: Leg): void {
    const { callId } = leg.view;
    const half = this.#half.get(callId);
    const bridge = half ?? this.#create();
    const left = this.#legs.all().find((other) => other !== leg && other.bridge === leg.bridge);
    if (left?.view.state === 'held') this.#words.channel('MusicOnHoldStop', leg);
    this.#leave(leg, 1);
    leg.dialledBy = undefined;
    if (half === undefined) this.#half.set(callId, bridge);
    else {
      this.#half.delete(callId);
      this.#pair(leg, this.#legs.peerOf(leg));
    }
    this.#enter(leg, bridge, half === undefined ? 1 : 2);
  }

  /** Neither has dialled the other: the first one counts as the caller. The older of their ids is that of both. */
  #pair(leg: Leg, caller: Leg | undefined): void {
    if (!caller) return;
    const { linked } = leg.linked.nth < caller.linked.nth ? leg : caller;
    leg.linked = linked;
    caller.linked = linked;
    leg.dialledBy = caller;
  }

  #create(): string {
    const bridge = randomUUID();
    this.#words.bridge('BridgeCreate', bridge);
    return bridge;
  }

  #enter(leg: Leg, bridge: string, channels: number): void {
    leg.bridge = bridge;
    this.#words.inBridge('BridgeEnter', bridge, channels, leg);
  }

  #leave(leg: Leg, channels: number): void {
    const { bridge } = leg;
    leg.bridge = '';
    this.#words.inBridge('BridgeLeave', bridge, channels, leg);
  }
}

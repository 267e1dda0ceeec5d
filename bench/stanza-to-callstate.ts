import { setTimeout as pause } from 'node:timers/promises';
import { ANNA, type Rig } from '../tools/rig/rig.ts';
import { type ClockOffset, compareClocks, wallClock } from './clock.ts';
import type { Rounds } from './rounds.ts';
import { StanzaTap, type Written } from './stanza-tap.ts';

/** What calls over the whole path took. */
export type CallTimes = {
  /** µs from the stanza of a new call on the PBX's socket to LINE_CALLSTATE OFFERING. */
  readonly offering: readonly number[];
  /** µs from the stanza of its end to LINE_CALLSTATE DISCONNECTED. */
  readonly disconnected: readonly number[];
  /** Bytes of the stanza of a new call. */
  readonly stanzaBytes: number;
  readonly clock: ClockOffset;
};

export const CALLER = { number: '0891234567', name: 'Zoë Zimmer' };

/** How long one state may take to arrive, in ms. */
const STEP_MS = 5_000;

/**
 * Lets calls ring and end, one after the other. The line must be open.
 * @throws Error when a state does not arrive, or when the host's clock is not ours
 */
export async function timeCalls(rig: Rig, { count, warmUp, pauseMs }: Rounds): Promise<CallTimes> {
  const { host } = rig;
  if (!host) throw new Error('there is no host');
  const { outside } = rig.pbx.exchange;
  const now = wallClock();
  const ask = async (): Promise<number> => (await host.command('refuse off')).unixUs;
  const clock = await compareClocks({ whose: 'the host’s', ask }, now);
  const tap = new StanzaTap(now);
  const until = async (state: string, written: Promise<Written>, from: number): Promise<number> => {
    const [{ unixUs }, { atUs }] = await Promise.all([host.state(state, from, STEP_MS), written]);
    return unixUs - atUs;
  };
  const offering: number[] = [];
  const disconnected: number[] = [];
  let stanzaBytes = 0;
  try {
    for (let round = -warmUp; round < count; round += 1) {
      const from = host.log.entries.length;
      const rings = tap.after(() => void outside.call(CALLER.number, CALLER.name, ANNA.extension));
      const toOffering = await until('OFFERING', rings, from);
      await pause(pauseMs);
      const ends = tap.after(() => void outside.hangUp(CALLER.number));
      const toDisconnected = await until('DISCONNECTED', ends, from);
      await host.state('IDLE', from, STEP_MS);
      await host.command('closecall last');
      await pause(pauseMs);
      if (round < 0) continue;
      offering.push(toOffering);
      disconnected.push(toDisconnected);
      stanzaBytes = (await rings).bytes;
    }
  } finally {
    tap.close();
  }
  return { offering, disconnected, stanzaBytes, clock };
}

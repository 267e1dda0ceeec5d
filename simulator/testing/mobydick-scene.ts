/** What the tests of the mobydick face share: a PBX with three users, and what it tells a client. */
import { afterEach, beforeEach } from 'vitest';
import { type Simulator, startSimulator } from '../simulator.ts';
import type { RawClient } from './raw-client.ts';
import { ANNA, BEN, CHIEF } from './users.ts';

export const USERS = [ANNA, BEN, CHIEF];

/** The PBX of this test. */
export let simulator: Simulator;

/** Call once in a test file. */
export function withMobydick(): void {
  beforeEach(async () => {
    simulator = await startSimulator({ users: USERS });
  });
  afterEach(() => simulator.close());
}

/** The answer to a command that was done. */
export const OK = '<Success><message>Ok</message></Success>';
export const EVENT =
  /<message to="([^"]+)" from="pbx\.mobydick"><cmd [^>]*module="(\w+)"><(\w+)[^>]*>(.*?)<\/\3><\/cmd><\/message>/;

/** The next event as `Name eventType`, with its fields. */
export async function nextEvent(
  client: RawClient,
): Promise<{ told: string; field: (name: string) => string }> {
  const [, , , name = '', body = ''] = await client.expect(EVENT);
  const field = (wanted: string) => new RegExp(`<${wanted}>([^<]*)</${wanted}>`).exec(body)?.[1] ?? '';
  return { told: `${name} ${field('eventType')}`.trim(), field };
}

export async function nextEvents(client: RawClient, count: number): Promise<string[]> {
  const told: string[] = [];
  for (let index = 0; index < count; index++) told.push((await nextEvent(client)).told);
  return told;
}

import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'vitest';
import { spawnInOwnNetwork } from '../../tools/rig/network.ts';
import { nodeFlags } from '../../tools/setup/plan.mjs';
import type { Happening } from './lossy-session.ts';
import { reads } from './person.ts';

/** How late a timer of the child may be. */
const SLOW_MACHINE_MS = 1_000;

const CHILD = join(import.meta.dirname, 'lossy-session.ts');

/** What happens to a session when all packets are lost for so many seconds. */
async function lose(seconds: number): Promise<readonly Happening[]> {
  const child = spawnInOwnNetwork(process.execPath, [...nodeFlags(process.version), CHILD, String(seconds)]);
  if (!child.stdout || !child.stderr) throw new Error('the child has no output');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!output.includes('SIP/after')) throw new Error(`the session did not come back:\n${output}\n${errors}`);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Happening);
}

const sessions = (happenings: readonly Happening[]) =>
  happenings.flatMap((news) => (news.what === 'session' ? [{ at: news.at, ...news.session }] : []));
const calls = (happenings: readonly Happening[]) =>
  happenings.flatMap((news) => (news.what === 'ringing' ? [news.channel] : []));
const afterLoss = (happenings: readonly Happening[]) =>
  happenings.slice(happenings.findIndex(({ what }) => what === 'lost'));

describe('with all packets lost, and the deadlines of every day', () => {
  it.concurrent('for 5 s, nobody notices, and nothing is missed', async ({ expect }) => {
    const happenings = await lose(5);
    expect(sessions(afterLoss(happenings)).map(({ state }) => state)).toEqual(['stopped']);
    expect(calls(happenings)).toEqual(['SIP/meanwhile', 'SIP/after']);
  });

  it.concurrent('for 27 s, it is noticed within 15 s, and the session is resumed soon after', async ({
    expect,
  }) => {
    const happenings = afterLoss(await lose(27));
    const waiting = sessions(happenings).filter(({ state }) => state === 'waiting');
    expect(waiting).toMatchObject([
      { problem: { code: 'silent', stage: 'online' } },
      { problem: { code: 'unreachable', stage: 'connect' } },
    ]);
    const [noticed, tried] = waiting;
    expect(noticed?.at).toBeLessThanOrEqual(15_000 + SLOW_MACHINE_MS);
    expect(noticed && reads(noticed)).toMatchInlineSnapshot(`
      "The server does not answer.
      The connection stands, but nothing arrives any more (during the session).
      Tapline tries again by itself; if it stays like this, ask who runs the phone system.
      Der Server antwortet nicht.
      Die Verbindung steht, aber es kommt nichts mehr an (während der Sitzung).
      Tapline versucht es von selbst wieder; bleibt es dabei, fragen Sie die Verwaltung der Telefonanlage."
    `);
    expect(tried && reads(tried)).toMatchInlineSnapshot(`
      "The server cannot be reached.
      The connection did not come about, or nobody took it (while connecting).
      Check server and port, the network connection and the firewall.
      Der Server ist nicht erreichbar.
      Die Verbindung kam nicht zustande, oder niemand nahm sie an (beim Verbinden).
      Prüfen Sie Server und Port, die Netzwerkverbindung und die Firewall."
    `);

    const healed = happenings.find(({ what }) => what === 'healed');
    const online = sessions(happenings).find(({ state }) => state === 'online');
    expect(online).toMatchObject({ resumed: true });
    expect((online?.at ?? Infinity) - (healed?.at ?? 0)).toBeLessThan(10_000);
    expect(calls(happenings)).toEqual(['SIP/meanwhile', 'SIP/after']);
  });
});

/**
 * A child in a network of its own (tools/rig/network.ts): a Prosody and a session that loses all packets for
 * a while. Prints what happens, one JSON object a line, and ends.
 *
 * usage: lossy-session.ts SECONDS
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createMobydick } from '../../app/pbx/mobydick/mobydick.ts';
import { systemPorts } from '../../app/pbx/mobydick/ports.ts';
import type { PbxEvent, SessionState } from '../../app/pbx/port.ts';
import { deliverPackets, losePackets } from '../../tools/rig/network.ts';
import { ANNA, accountAt } from '../mobydick/signed-in.ts';
import { startProsody } from './server.ts';

/** One line of output; `at` in ms since the packets began to be lost. */
export type Happening = { readonly at: number } & (
  | { readonly what: 'lost' | 'healed' }
  | { readonly what: 'session'; readonly session: SessionState }
  | { readonly what: 'ringing'; readonly channel: string }
);

/** Time for a session to come back after the network has; longer than anybody should have to wait. */
const BACK_MS = 40_000;

const ringing = (eventId: string) => ({ eventType: 'ringing', eventId, outbound: 'false' });

async function run(seconds: number): Promise<void> {
  const events: PbxEvent[] = [];
  let began = performance.now();
  const say = (news: object) =>
    process.stdout.write(`${JSON.stringify({ at: Math.round(performance.now() - began), ...news })}\n`);
  const event = (news: PbxEvent) => {
    events.push(news);
    if (news.type === 'session') say({ what: 'session', session: news.session });
    if (news.type === 'channel') say({ what: 'ringing', channel: news.report.channel });
  };
  const until = async (fits: (news: PbxEvent) => boolean) => {
    for (let waited = 0; waited < BACK_MS && !events.some(fits); waited += 50) await sleep(50);
  };

  const server = await startProsody({ users: [ANNA] });
  const pbx = createMobydick(accountAt(server, ANNA), { event, trace: () => {} }, systemPorts('0.0.1'));
  try {
    pbx.start();
    await until((news) => news.type === 'session' && news.session.state === 'online');
    await server.pbx.event('anna', ringing('SIP/meanwhile'), 1);
    began = performance.now();
    losePackets();
    say({ what: 'lost' });
    await sleep(seconds * 1_000);
    deliverPackets();
    say({ what: 'healed' });
    await until((news) => news.type === 'channel' && news.report.channel === 'SIP/meanwhile');
    await server.pbx.event('anna', ringing('SIP/after'));
    await until((news) => news.type === 'channel' && news.report.channel === 'SIP/after');
  } finally {
    await pbx.stop();
    await server.close();
  }
}

if (process.argv[1] === import.meta.filename) await run(Number(process.argv[2]));

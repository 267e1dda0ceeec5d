import { StringDecoder } from 'node:string_decoder';
import { Parser } from '@xmpp/xml/index.js';
import { ANNA } from '../../tools/rig/rig.ts';
import type { Run } from '../runs.ts';
import { ChannelEvents, inPieces } from './channel-events.ts';

/** Events that are made at once, off the clock. */
const SLICE = 5_000;

const events = new ChannelEvents({ ...ANNA, domain: 'mobydick', address: 'anna@mobydick/companion' });
const decoder = new StringDecoder('utf8');
const stream = new Parser();
let seen = 0;
stream.on('element', () => {
  seen += 1;
});
stream.write("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");

/** The floor: the same bytes become characters and elements, and nobody looks at them. No network is in it. */
export const parser = {
  parse: (count: number): Run => {
    let seconds = 0;
    let processor = 0;
    seen = 0;
    for (let made = 0; made < count; made += SLICE) {
      const pieces = inPieces(events.take(Math.min(SLICE, count - made)));
      const before = process.cpuUsage();
      const began = performance.now();
      for (const piece of pieces) stream.write(decoder.write(piece));
      seconds += (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(before);
      processor += (user + system) / 1e6;
    }
    if (seen !== count) throw new Error(`${seen} of ${count} events were parsed`);
    return { events: count, seconds, processor };
  },
};

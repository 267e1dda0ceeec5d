import { client, type StockClient } from '@xmpp/client/index.js';
import xml, { type Element } from '@xmpp/xml/index.js';
import { Runs } from '../runs.ts';
import type { Account, Client } from './client.ts';
import { tell } from './process.ts';

const runs = new Runs(tell);

/**
 * The library's own client as it comes. It trusts any certificate through the one means there is: the environment
 * variable NODE_TLS_REJECT_UNAUTHORIZED, set by whoever starts this process.
 */
function stockClient({ host, port, domain, user }: Account, resource: string): StockClient {
  const service = `xmpp://${host}:${port}`;
  const xmpp = client({ service, domain, username: user.name, password: user.password, resource });
  // What it tells besides fails the order it is busy with; without a listener it would end the process.
  xmpp.on('error', () => undefined);
  return xmpp;
}

/** It takes its own goodbye for a loss at times, and comes back: then it would be there while the next one is measured. */
async function leave(xmpp: StockClient): Promise<void> {
  xmpp.reconnect.stop();
  await xmpp.stop();
}

let clients = 0;
/** No server is to think of a conflict with the client before. */
const newResource = (): string => {
  clients += 1;
  return `stock-${clients}`;
};

const NAMESPACE = 'http://www.pascom.net/mobydick';
const command = (module: string, body: Element): Element => xml('cmd', { xmlns: NAMESPACE, module }, body);
/** As Tapline sends them, with nothing that is not needed for an answer. */
const clientInfo = (): Element => command('xmppuser', xml('ClientInfo'));
const findOwn = (): Element => command('journal', xml('FindOwn', { limit: 100 }));

/** What it is told is received and nothing else. */
export const stock = {
  connect: async (account) => {
    const xmpp = stockClient(account, newResource());
    await xmpp.start();
    xmpp.on('element', ({ name }) => {
      if (name === 'message') runs.one();
    });
  },

  expect: runs.expect,
  finished: runs.finished,

  signIn: async (account) => {
    const xmpp = stockClient(account, newResource());
    const began = performance.now();
    await xmpp.start();
    const bound = performance.now() - began;
    await xmpp.send(xml('presence', {}, xml('priority', {}, '-1')));
    await xmpp.iqCaller.get(clientInfo());
    const greeted = performance.now() - began;
    await leave(xmpp);
    return { bound, greeted };
  },

  questions: async (account, { count, warmUp }) => {
    const xmpp = stockClient(account, newResource());
    await xmpp.start();
    const times: number[] = [];
    for (let question = -warmUp; question < count; question += 1) {
      const began = performance.now();
      await xmpp.iqCaller.get(findOwn());
      if (question >= 0) times.push((performance.now() - began) * 1_000);
    }
    await leave(xmpp);
    return times;
  },
} satisfies Client;

/** What the tests of the Asterisk face share: a PBX, its managers, and a customer who calls. */
import { afterEach, beforeEach, expect } from 'vitest';
import type { Manager } from '../ami/managers.ts';
import type { ExchangeOptions } from '../exchange/exchange.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { AmiClient } from './ami-client.ts';
import { ANNA, BEN } from './users.ts';

export const ALL: Manager = {
  name: 'tapline',
  secret: 's3cret',
  read: ['call', 'user', 'dtmf'],
  write: ['call', 'originate', 'system'],
};
export const POP: Manager = { name: 'pop', secret: 'pop', read: ['user'], write: [] };
/** Her number. */
export const ZOE = '0301234567';

/** The PBX of this test, with Anna and Ben. */
export let pbx: Simulator;
let clients: AmiClient[];

/** Call once in a test file, or in a part of one whose phones differ. */
export function withAsterisk(exchange: Partial<ExchangeOptions> = {}): void {
  beforeEach(async () => {
    pbx = await startSimulator({ users: [ANNA, BEN], exchange, ami: { managers: [ALL, POP] } });
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.end();
    await pbx.close();
  });
}

export function open(secure = false): AmiClient {
  const client = new AmiClient((secure ? pbx.ami?.tlsPort : pbx.ami?.port) ?? 0, secure);
  clients.push(client);
  return client;
}

export async function signedIn(manager = ALL, headers = {}): Promise<AmiClient> {
  const client = open();
  expect((await client.login(manager.name, manager.secret, headers)).get('Response')).toBe('Success');
  return client;
}

export function callIn(to = ANNA): void {
  const called = pbx.exchange.outside.call(ZOE, 'Zoë "Z" Müller', to.extension);
  expect(called.ok).toBe(true);
}

/** The end of a channel whose name begins like this. */
export const hungUp = (client: AmiClient, name: string) =>
  client.wait((packet) => packet.get('Event') === 'Hangup' && (packet.get('Channel') ?? '').startsWith(name));

/** What the dial plan said, without the call's id. */
export const said = (client: AmiClient) =>
  client.packets.flatMap((packet) => packet.get('TAPIEVENT')?.replace(/^\[~[^&]+&/, '[') ?? []);

/** A phone is to be lifted to call the customer: the headers of Originate. */
export const order = (change: Readonly<Record<string, string>> = {}) => ({
  Channel: 'PJSIP/Anna',
  Context: 'from-internal',
  Exten: ZOE,
  Priority: '1',
  CallerID: '"Dial" <0301234567>',
  Async: 'true',
  ChannelId: 'tapline-1',
  ...change,
});

/**
 * Whoever takes a manager interface's events, in a process of its own:
 *
 *   node contender.ts session | tapline | asterisk-manager | asterisk-ami-client
 */
import { createRequire } from 'node:module';
import type AmiClient from 'asterisk-ami-client';
import type asteriskManager from 'asterisk-manager';
import { systemClock } from '../../app/clock.ts';
import { Companion } from '../../app/companion.ts';
import type { AsteriskAccount } from '../../app/pbx/asterisk/account.ts';
import { createAsterisk, systemPorts } from '../../app/pbx/asterisk/asterisk.ts';
import { createSession } from '../../app/pbx/asterisk/session/session.ts';
import { hello } from '../../app/testing/shim-peer.ts';
import { heap } from '../heap.ts';
import { Runs } from '../runs.ts';
import { serve } from '../xmpp/process.ts';
import type { Recording } from './recorded-calls.ts';

const HOST = '127.0.0.1';
const USER = 'bench';
const SECRET = 'bench';

const runs = new Runs();
let companion: Companion | undefined;

/** The peers live in a folder of their own: they are no part of the project. */
const peer = createRequire(new URL('./peers/package.json', import.meta.url));

const accountFor = (port: number, { lines }: Recording): AsteriskAccount => ({
  host: HOST,
  port,
  user: USER,
  secret: async () => SECRET,
  plainText: true,
  context: 'phones',
  lines: lines.map((line) => ({ ...line, extension: '', person: '' })),
});

const connects = {
  /** Only receives, as the peers do. */
  session: async (port: number, recording: Recording): Promise<void> => {
    const online = Promise.withResolvers<void>();
    createSession(
      accountFor(port, recording),
      {
        state: ({ state }) => state === 'online' && online.resolve(),
        greet: async () => undefined,
        rights: () => undefined,
        event: () => runs.one(),
        trace: () => undefined,
      },
      systemPorts,
    ).start();
    await online.promise;
  },

  /** From the socket to the published call: what is counted are calls that have ended, one for each line. */
  tapline: async (port: number, recording: Recording): Promise<void> => {
    const made = new Companion({
      clock: systemClock,
      random32: () => 0x9e37_79b9,
      version: hello.version,
      endpoint: { name: 'in memory', listen: async () => undefined, close: async () => undefined },
    });
    companion = made;
    await made.start();
    const online = Promise.withResolvers<void>();
    const account = accountFor(port, recording);
    made.addAccount({
      key: 'bench',
      pbxName: 'bench',
      connect: (listener) =>
        createAsterisk(account, systemPorts, {
          ...listener,
          event: (told) => {
            // When this returns, the call's new state is published.
            listener.event(told);
            if (told.type === 'channel' && told.report.what.kind === 'gone') runs.one();
            else if (told.type === 'listed') online.resolve();
          },
        }),
    });
    await online.promise;
  },

  /** Only receives. */
  'asterisk-manager': async (port: number): Promise<void> => {
    const connect = peer('asterisk-manager') as typeof asteriskManager;
    const manager = connect(port, HOST, USER, SECRET, true);
    manager.on('managerevent', () => runs.one());
    const answered = Promise.withResolvers<void>();
    manager.action({ action: 'ping' }, (error) => (error ? answered.reject(error) : answered.resolve()));
    await answered.promise;
  },

  /** Only receives. */
  'asterisk-ami-client': async (port: number): Promise<void> => {
    const Client = peer('asterisk-ami-client') as typeof AmiClient;
    const client = new Client();
    client.on('event', () => runs.one());
    await client.connect(USER, SECRET, { host: HOST, port });
  },
};

const orders = {
  connect: connects[process.argv[2] as keyof typeof connects],
  expect: runs.expect,
  finished: runs.finished,

  /** Calls that are published and have not ended. */
  calls: (): number => Object.keys(companion?.state.getState().calls ?? {}).length,

  heap,
};

export type Contender = keyof typeof connects;
export type ContenderOrders = typeof orders;

serve(orders);

import { Duplex } from 'node:stream';
import { systemClock } from '../../app/clock.ts';
import { Companion } from '../../app/companion.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import type { Pbx, PbxEvent, PbxListener } from '../../app/pbx/port.ts';
import { hello } from '../../app/testing/shim-peer.ts';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { wallClock } from '../clock.ts';
import { Runs } from '../runs.ts';
import type { Account, Client } from './client.ts';
import { type Orders, tell } from './process.ts';

/** An adapter that tells nobody but us. */
type Watched = {
  readonly pbx: Pbx;
  /** Resolves with the first event from now on that fits. */
  readonly until: (fits: (event: PbxEvent) => boolean) => Promise<PbxEvent>;
};

const runs = new Runs(tell);
/** The companion that takes the events. */
let flooded: Companion | undefined;

/** A companion, with a shim in memory that takes every frame if one is wanted. */
async function startCompanion(withShim: boolean): Promise<Companion> {
  const shim = new Duplex({
    read: () => undefined,
    write: (_frame, _encoding, done) => done(),
  });
  const companion = new Companion({
    clock: systemClock,
    // As large as most are.
    random32: () => 0x9e37_79b9,
    version: hello.version,
    endpoint: {
      name: 'in memory',
      listen: async ({ connected }) => {
        if (withShim) connected({ stream: shim, peer: 'the bench' });
      },
      close: async () => undefined,
    },
  });
  await companion.start();
  shim.push(encodeFrame(hello));
  return companion;
}

function adapter(account: Account, listener: PbxListener, resource: string): Pbx {
  const { host, port, domain, user, fingerprint } = account;
  const trust = fingerprint === undefined ? { plainText: true as const } : { pinnedCertificate: fingerprint };
  const password = async () => user.password;
  return createMobydick(
    { host, port, domain, user: user.name, password, resource, ...trust },
    listener,
    systemPorts(hello.version),
  );
}

function watched(account: Account, resource: string): Watched {
  let waiting: { fits: (event: PbxEvent) => boolean; resolve: (event: PbxEvent) => void }[] = [];
  const event = (told: PbxEvent): void => {
    const met = waiting.filter(({ fits }) => fits(told));
    waiting = waiting.filter((one) => !met.includes(one));
    for (const { resolve } of met) resolve(told);
  };
  return {
    pbx: adapter(account, { event, trace: () => undefined }, resource),
    until: (fits) => new Promise((resolve) => waiting.push({ fits, resolve })),
  };
}

const isState =
  (state: string, stage?: string) =>
  (event: PbxEvent): boolean =>
    event.type === 'session' &&
    event.session.state === state &&
    (stage === undefined || ('stage' in event.session && event.session.stage === stage));

/** Signs in and resolves when that is done. */
async function signedIn(account: Account, resource: string): Promise<Watched> {
  const client = watched(account, resource);
  const online = client.until(isState('online'));
  client.pbx.start();
  await online;
  return client;
}

/** Clients whose server is going to be lost. */
let bereft: readonly Watched[] = [];

export const tapline = {
  connect: async (account: Account, withShim = false): Promise<void> => {
    const companion = await startCompanion(withShim);
    flooded = companion;
    const online = Promise.withResolvers<void>();
    companion.addAccount({
      key: 'bench',
      pbxName: 'bench',
      connect: (listener) => {
        const event = (told: PbxEvent): void => {
          // When this returns, the call's new states are published: they are in the store and with the shim.
          listener.event(told);
          if (told.type === 'channel') runs.one();
          else if (isState('online')(told)) online.resolve();
        };
        return adapter(account, { ...listener, event }, 'companion');
      },
    });
    await online.promise;
  },

  expect: runs.expect,
  finished: runs.finished,

  /** Calls that are published and have not ended. */
  calls: () => Object.keys(flooded?.state.getState().calls ?? {}).length,

  signIn: async (account) => {
    const { pbx, until } = watched(account, 'sign-in');
    const bound = until(isState('connecting', 'userInfo')).then(() => performance.now());
    const greeted = until(isState('online')).then(() => performance.now());
    const began = performance.now();
    pbx.start();
    const time = { bound: (await bound) - began, greeted: (await greeted) - began };
    await pbx.stop();
    return time;
  },

  questions: async (account, { count, warmUp }) => {
    const { pbx } = await signedIn(account, 'questions');
    const times: number[] = [];
    for (let question = -warmUp; question < count; question += 1) {
      const began = performance.now();
      const answer = await pbx.endedCalls(account.user.name, 0);
      if (!answer) throw new Error('the PBX did not answer');
      if (question >= 0) times.push((performance.now() - began) * 1_000);
    }
    await pbx.stop();
    return times;
  },

  /** Signs in with so many clients, which stay until `leave`. */
  gather: async (account: Account, clients: number): Promise<void> => {
    bereft = await Promise.all(
      Array.from({ length: clients }, (_, nth) => signedIn(account, `gathered-${nth}`)),
    );
  },

  /** To be asked before the server is lost. @returns when each client was signed in again, ms since 1970 */
  back: (): Promise<readonly number[]> => {
    const now = wallClock();
    return Promise.all(
      bereft.map(async ({ until }) => {
        await until(isState('waiting'));
        await until(isState('online'));
        return now() / 1_000;
      }),
    );
  },

  /** The network has come back. */
  check: (): void => {
    for (const { pbx } of bereft) pbx.check();
  },

  leave: async (): Promise<void> => {
    await Promise.all(bereft.map(({ pbx }) => pbx.stop()));
    bereft = [];
  },
} satisfies Client & Orders;

import { Socket } from 'node:net';
import type { Element } from '@xmpp/xml/index.js';
import { describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import { ANNA, BEN, isReport } from '../mobydick/signed-in.ts';
import { shows } from './defects.ts';
import { oursOnline, pbx, QUICK, stockOnline, withRig } from './rig.ts';
import { type Stock, soon } from './stock.ts';

withRig();

const ringing = (sourceName: string, eventId = 'SIP/1') =>
  "<message from='pbx.mobydick'><cmd xmlns='http://www.pascom.net/mobydick' module='base'><ChannelEvent>" +
  `<eventType>ringing</eventType><eventId>${eventId}</eventId><outbound>false</outbound>` +
  `<sourceName>${sourceName}</sourceName></ChannelEvent></cmd></message>`;

/** The name of the caller in the next message, or undefined when none comes. */
async function callerTold({ xmpp }: Stock, say: () => void): Promise<string | undefined> {
  let caller: string | undefined;
  xmpp.on('stanza', (stanza: Element) => {
    const told = stanza.getChild('cmd')?.getChild('ChannelEvent')?.getChildText('sourceName');
    if (stanza.name === 'message') caller = told ?? '';
  });
  say();
  await soon(() => caller !== undefined);
  return caller;
}

/** What ends a process that does not listen for it, while `run` runs; undefined when nothing did. */
async function uncaught(run: (caught: () => unknown) => Promise<void>): Promise<unknown> {
  const others = process.listeners('uncaughtException');
  let caught: unknown;
  const listener = (error: unknown) => {
    caught ??= error;
  };
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', listener);
  try {
    await run(() => caught);
  } finally {
    process.off('uncaughtException', listener);
    for (const other of others) process.on('uncaughtException', other);
  }
  return caught;
}

describe('a name that comes in pieces', () => {
  const bytes = Buffer.from(ringing('Käthe Müller €'));
  const cuts = [bytes.indexOf('ä') + 1, bytes.indexOf('€') + 2];
  const pieces = [bytes.subarray(0, cuts[0]), bytes.subarray(cuts[0], cuts[1]), bytes.subarray(cuts[1])];

  it('stock: loses the characters that were cut (U4)', async () => {
    const simulator = await pbx(QUICK);
    const caller = await callerTold(await stockOnline(simulator), () =>
      simulator.faults.say('anna', ...pieces),
    );
    shows('U4, characters that came in two pieces are lost', caller !== 'Käthe Müller €');
    expect(caller).toContain('\ufffd');
  });

  it('ours: stays whole', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator);
    simulator.faults.say('anna', ...pieces);
    expect((await told.until(isReport('ringing'))).report.caller.name).toBe('Käthe Müller €');
  });
});

describe('text after a CDATA section', () => {
  const said = ringing('<![CDATA[Otto & ]]>Söhne');

  it('stock: is lost (U8)', async () => {
    const simulator = await pbx(QUICK);
    const caller = await callerTold(await stockOnline(simulator), () => simulator.faults.say('anna', said));
    shows('U8, text after a CDATA section is lost', caller === 'Otto & ');
  });

  it('ours: is kept', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator);
    simulator.faults.say('anna', said);
    expect((await told.until(isReport('ringing'))).report.caller.name).toBe('Otto & Söhne');
  });
});

describe('what no honest server sends', () => {
  const SAID = ['</wrong><message/>', '<message>&nosuchentity;</message>', "<message from='@'/>"];

  it.each(SAID)('stock: %j ends the process (U5, 1058)', async (said) => {
    const simulator = await pbx(QUICK);
    await stockOnline(simulator);
    const error = await uncaught(async (caught) => {
      simulator.faults.say('anna', said, ' ');
      await soon(() => caught() !== undefined);
    });
    shows('U5, what no honest server sends ends the process', error instanceof Error);
  });

  it.each(SAID)('ours: goes on after %j', async (said) => {
    const simulator = await pbx();
    const told = await oursOnline(simulator);
    const error = await uncaught(async () => {
      simulator.faults.say('anna', said, ' ');
      // Some of it ends the stream; the session is there again, or still.
      await expect
        .poll(async () => (await told.pbx.hangup('Anna', 'SIP/nobody-1')).ok || told.states().at(-1)?.state)
        .toBe('online');
      simulator.exchange.outside.call('0991234', 'Otto', '340');
      await told.until(isReport('ringing'));
    });
    expect(error).toBeUndefined();
  });
});

describe('a listener that throws', () => {
  it('stock: ends the process (756)', async () => {
    const simulator = await pbx(QUICK);
    const { xmpp } = await stockOnline(simulator);
    xmpp.on('stanza', () => {
      throw new Error('not my day');
    });
    const error = await uncaught(async (caught) => {
      simulator.faults.say('anna', ringing('Otto'));
      await soon(() => caught() !== undefined);
    });
    shows('an exception in a listener ends the process', String(error).includes('not my day'));
  });

  it('ours: harms nobody else', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator);
    const error = await uncaught(async () => {
      told.onEvent = () => {
        throw new Error('not my day');
      };
      simulator.faults.say('anna', ringing('Otto'), ringing('Ida', 'SIP/2'));
      await told.until(isReport('ringing', 'SIP/2'));
    });
    expect(error).toBeUndefined();
  });
});

describe('a stanza of a million characters', () => {
  const said = ringing('x'.repeat(1_000_000));

  it('stock: is taken', async () => {
    const simulator = await pbx(QUICK);
    const caller = await callerTold(await stockOnline(simulator), () => simulator.faults.say('anna', said));
    shows('a stanza may be of any size', caller?.length === 1_000_000);
  });

  it('ours: ends the session, which comes back', async () => {
    const simulator = await pbx();
    const told = await oursOnline(simulator);
    simulator.faults.say('anna', said);
    expect(await told.untilState('waiting')).toMatchObject({ problem: { code: 'lost' } });
    await told.untilState('online', 2);
    expect(told.reports()).toEqual([]);
  });
});

describe('small packets', () => {
  /** Whether a client's socket to the simulator was told not to let them wait. */
  async function undelayed(run: (simulator: Simulator) => Promise<unknown>): Promise<boolean> {
    const simulator = await pbx();
    const sockets: Socket[] = [];
    const { setNoDelay } = Socket.prototype;
    const spy = vi.spyOn(Socket.prototype, 'setNoDelay').mockImplementation(function (this: Socket, on) {
      sockets.push(this);
      return setNoDelay.call(this, on);
    });
    try {
      await run(simulator);
      // The simulator's own sockets have that port at their near end.
      return sockets.some(({ remotePort }) => remotePort === simulator.port);
    } finally {
      spy.mockRestore();
    }
  }

  it('stock: wait for the answer to the one before (U7)', async () => {
    shows('U7, small packets wait', !(await undelayed((simulator) => stockOnline(simulator))));
  });

  it('ours: go out at once', async () => {
    expect(await undelayed((simulator) => oursOnline(simulator))).toBe(true);
  });
});

describe('stream management, where the server offers it', () => {
  const xmpp = { streamManagement: true } as const;

  it('stock: cannot be switched off', async () => {
    const simulator = await pbx({ xmpp: { ...QUICK.xmpp, ...xmpp } });
    await stockOnline(simulator, ANNA, { more: { streamManagement: false } });
    const used = await soon(() => simulator.sessions().some(({ resumable }) => resumable));
    shows('stream management cannot be switched off', used);
  });

  it('ours: is used, and not when an administrator says so', async () => {
    const simulator = await pbx({ xmpp });
    await oursOnline(simulator, ANNA);
    expect(simulator.sessions()).toMatchObject([{ user: 'anna', resumable: true }]);
    await oursOnline(simulator, BEN, { streamManagement: false });
    expect(simulator.sessions()).toMatchObject([{ user: 'anna' }, { user: 'ben', resumable: false }]);
  });
});

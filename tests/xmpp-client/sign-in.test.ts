import type { Element } from '@xmpp/xml/index.js';
import { describe, expect, it, vi } from 'vitest';
import type { SimulatedUser } from '../../simulator/simulator.ts';
import { ANNA, BEN } from '../mobydick/signed-in.ts';
import { shows } from './defects.ts';
import { ours, oursOnline, pbx, stock, stockOnline, withRig } from './rig.ts';
import { soon } from './stock.ts';

withRig();

describe('a certificate of nobody', () => {
  it('stock: cannot be trusted by any option (598)', async () => {
    vi.unstubAllEnvs();
    const simulator = await pbx();
    const { certPem: ca } = simulator.certificate;
    const more = { ca, rejectUnauthorized: false, tls: { ca, rejectUnauthorized: false } };
    const { errors, arrivals } = stock(simulator, BEN, { more });
    await soon(() => errors.length > 0 || arrivals() > 0);
    shows('no way to trust one certificate', arrivals() === 0);
    expect(errors[0]).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('ours: is shown once, and trusted when it is pinned', async () => {
    vi.unstubAllEnvs();
    const simulator = await pbx();
    const { port, fingerprint } = simulator;
    const asked = ours({ port }, BEN);
    expect(await asked.untilState('failed')).toMatchObject({
      problem: { code: 'certificateUntrusted', certificate: { fingerprint } },
    });
    await oursOnline(simulator, BEN, { pinnedCertificate: fingerprint });
  });
});

describe('a server that offers SCRAM-SHA-256 alone', () => {
  const xmpp = { mechanisms: ['SCRAM-SHA-256'] } as const;

  it('stock: is not understood (620, 1061)', async () => {
    const { errors, arrivals } = stock(await pbx({ xmpp }), BEN);
    await soon(() => errors.length > 0 || arrivals() > 0);
    shows('no SCRAM-SHA-256', arrivals() === 0);
    expect(String(errors[0])).toContain('No compatible mechanism');
  });

  it('ours: is signed in to', async () => {
    await oursOnline(await pbx({ xmpp }), BEN);
  });
});

describe('a server that does not know the password', () => {
  const xmpp = { mechanisms: ['SCRAM-SHA-1'] } as const;

  it('stock: is believed', async () => {
    const simulator = await pbx({ xmpp });
    simulator.faults.forgeSignatures();
    const { arrivals } = stock(simulator, BEN);
    shows("the server's signature is not checked", await soon(() => arrivals() > 0));
  });

  it('ours: is found out', async () => {
    const simulator = await pbx({ xmpp });
    simulator.faults.forgeSignatures();
    const told = ours(simulator, BEN);
    await expect
      .poll(() => told.states().find((state) => 'problem' in state))
      .toMatchObject({
        problem: { code: 'wrongServer', stage: 'signIn' },
      });
    expect(simulator.sessions()).toEqual([]);
  });
});

describe('a server without encryption', () => {
  const xmpp = { startTls: 'absent' } as const;

  it('stock: is signed in to, and nothing is said', async () => {
    const { xmpp: client, errors } = await stockOnline(await pbx({ xmpp }), BEN);
    shows('encryption is not required', !client.isSecure() && errors.length === 0);
  });

  it('ours: gets no password', async () => {
    const simulator = await pbx({ xmpp });
    const told = ours(simulator, BEN);
    await expect
      .poll(() => told.states().find((state) => 'problem' in state))
      .toMatchObject({
        problem: { code: 'noEncryption' },
      });
    expect(simulator.sessions()).toEqual([]);
  });
});

describe('a wrong password', () => {
  const wrong: SimulatedUser = { ...BEN, password: 'wrong' };

  it('stock: is tried again whenever the server has closed the connection, for ever (588)', async () => {
    const simulator = await pbx();
    const { errors } = stock(simulator, wrong);
    const refusals = () => errors.filter((error) => String(error).includes('not-authorized')).length;
    for (let attempt = 1; attempt <= 4; attempt++) {
      const refused = await soon(() => refusals() >= attempt);
      shows('a wrong password is tried for ever', refused);
      simulator.faults.cut();
    }
  });

  it('ours: stops at the first refusal', async () => {
    const simulator = await pbx();
    const told = ours(simulator, wrong);
    expect(await told.untilState('failed')).toMatchObject({ problem: { code: 'wrongPassword' } });
    simulator.faults.cut();
    expect(told.states().filter(({ state }) => state === 'waiting')).toEqual([]);
  });
});

describe('a password', () => {
  const withPassword = (password: string): SimulatedUser => ({ ...BEN, password });
  const EURO = withPassword('Pässwörd€');
  const UMLAUT = withPassword('Pässwörd');
  /** The Kelvin sign is a K, a no-break space is a space (RFC 4013). */
  const typed = withPassword('\u212aa\u00a0b');
  const kept = withPassword('Ka b');

  it('stock: beyond Latin-1 cannot be sent by PLAIN, and with umlauts is garbled (1122)', async () => {
    const xmpp = { mechanisms: ['PLAIN'] } as const;
    const beyond = stock(await pbx({ users: [EURO], xmpp }), EURO);
    await soon(() => beyond.errors.length > 0 || beyond.arrivals() > 0);
    shows('a password beyond Latin-1 cannot be sent', beyond.arrivals() === 0);
    expect(beyond.errors[0]).toMatchObject({ name: 'InvalidCharacterError' });
    const garbled = stock(await pbx({ users: [UMLAUT], xmpp }), UMLAUT);
    await soon(() => garbled.errors.length > 0 || garbled.arrivals() > 0);
    shows('an umlaut in a name or password is garbled', garbled.arrivals() === 0);
    expect(garbled.errors[0]).toMatchObject({ name: 'SASLError' });
  });

  it.each(['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const)(
    'ours: any Unicode by %s (TAPI-24)',
    async (mechanism) => {
      await oursOnline(await pbx({ users: [EURO], xmpp: { mechanisms: [mechanism] } }), EURO);
      await oursOnline(await pbx({ users: [UMLAUT], xmpp: { mechanisms: [mechanism] } }), UMLAUT);
    },
  );

  it('stock: typed in another form of Unicode is refused', async () => {
    const { errors, arrivals } = stock(
      await pbx({ users: [kept], xmpp: { mechanisms: ['SCRAM-SHA-1'] } }),
      typed,
    );
    await soon(() => errors.length > 0 || arrivals() > 0);
    shows('a password is not prepared', arrivals() === 0);
    expect(String(errors[0])).toContain('not-authorized');
  });

  it('ours: typed in another form of Unicode is the same', async () => {
    await oursOnline(await pbx({ users: [kept], xmpp: { mechanisms: ['SCRAM-SHA-1'] } }), typed);
  });
});

describe('a user name with an umlaut', () => {
  const KAETHE: SimulatedUser = { ...BEN, name: 'käthe' };
  const xmpp = { mechanisms: ['SCRAM-SHA-1'] } as const;

  it('stock: is refused by SCRAM (1122)', async () => {
    const { errors, arrivals } = stock(await pbx({ users: [KAETHE], xmpp }), KAETHE);
    await soon(() => errors.length > 0 || arrivals() > 0);
    shows('an umlaut in a name or password is garbled', arrivals() === 0);
    expect(String(errors[0])).toContain('malformed-request');
  });

  it('ours: is as good as any', async () => {
    await oursOnline(await pbx({ users: [KAETHE], xmpp }), KAETHE);
  });
});

describe('a connection that dies during the sign-in', () => {
  const xmpp = { mechanisms: ['SCRAM-SHA-1'] } as const;

  it('stock: answers in the next one, too, so that the right password is refused (U3)', async () => {
    const simulator = await pbx({ xmpp });
    simulator.faults.goSilent('auth');
    const { xmpp: client } = stock(simulator, ANNA);
    const said: string[] = [];
    for (const event of ['nonza', 'send']) client.on(event, ({ name }: Element) => said.push(name));
    const count = (name: string) => said.filter((other) => other === name).length;
    expect(await soon(() => simulator.faults.silenced === 1)).toBe(true);
    simulator.faults.clear();
    simulator.faults.cut();
    // Which of the two answers the server gets first is chance, and with it what comes of them.
    const doubled = await soon(() => count('response') > count('challenge'));
    shows('U3, a right password is refused after a broken sign-in', doubled);
  });

  it('ours: leaves nothing behind', async () => {
    const simulator = await pbx({ xmpp });
    simulator.faults.goSilent('auth');
    const told = ours(simulator, ANNA);
    await expect.poll(() => simulator.faults.silenced).toBe(1);
    simulator.faults.clear();
    simulator.faults.cut();
    await told.untilState('online');
    expect(told.states().filter(({ state }) => state === 'failed')).toEqual([]);
  });
});

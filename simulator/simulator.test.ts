import { expect, it } from 'vitest';
import { ExchangeSetupError } from './exchange/directory.ts';
import { shortLived } from './mobydick/certificate.ts';
import { type SimulatorOptions, SimulatorSetupError, startSimulator } from './simulator.ts';
import { introduce, signIn } from './testing/raw-client.ts';
import { ANNA, BEN, credentials } from './testing/users.ts';

it('listens where it is told, serves the given certificate and frees its port when closed', async () => {
  const certificate = shortLived(['pbx.example'], Date.now());
  const first = await startSimulator({ users: [BEN], domain: 'pbx.example', certificate });
  expect(first).toMatchObject({
    host: '127.0.0.1',
    domain: 'pbx.example',
    fingerprint: certificate.fingerprint,
  });
  const taken = startSimulator({ users: [BEN], port: first.port });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  const second = await startSimulator({ users: [BEN], port: first.port });
  expect(second.port).toBe(first.port);
  await second.close();
});

it('uses the channel ids it is given', async () => {
  const simulator = await startSimulator({ users: [BEN], ids: (base) => `${base}<1>` });
  const client = await signIn(simulator, credentials(BEN));
  await introduce(client, 'base ChannelEvent user');
  simulator.exchange.dial({ user: 'ben', target: '0891234' });
  await client.expect(/<eventId>SIP\/ben&lt;1&gt;<\/eventId>/);
  await simulator.close();
});

it.each<[string, SimulatorOptions, unknown]>([
  ['a domain that is none', { users: [], domain: 'Not a domain' }, SimulatorSetupError],
  ['an empty password', { users: [{ ...BEN, password: '' }] }, SimulatorSetupError],
  ['no mechanism', { users: [], xmpp: { mechanisms: [] } }, SimulatorSetupError],
  ['no iterations', { users: [], xmpp: { scramIterations: 0 } }, SimulatorSetupError],
  ['one extension twice', { users: [ANNA, { ...BEN, extension: ANNA.extension }] }, ExchangeSetupError],
])('does not start with %s', async (_what, options, error) => {
  await expect(startSimulator(options)).rejects.toBeInstanceOf(error);
});

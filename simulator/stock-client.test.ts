import { client } from '@xmpp/client/index.js';
import xml from '@xmpp/xml/index.js';
import { afterEach, expect, it, vi } from 'vitest';
import { startSimulator } from './simulator.ts';
import { BEN, credentials } from './testing/users.ts';

afterEach(() => vi.unstubAllEnvs());

it('lets the stock @xmpp/client in, which has no way to trust one certificate', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const simulator = await startSimulator({ users: [BEN], xmpp: { streamManagement: true } });
  const { user: username, password } = credentials(BEN);
  const service = `xmpp://127.0.0.1:${simulator.port}`;
  const xmpp = client({ service, domain: simulator.domain, username, password, resource: 'stock' });
  const jid = await xmpp.start();
  expect(String(jid)).toBe('ben@mobydick/stock');
  expect(simulator.sessions()).toMatchObject([{ mechanism: 'SCRAM-SHA-1', secure: true }]);
  const namespace = 'http://www.pascom.net/mobydick';
  const info = await xmpp.iqCaller.get(
    xml('cmd', { xmlns: namespace, module: 'xmppuser' }, xml('ClientInfo')),
  );
  expect(info.getChild('UserInfo')?.attrs['name']).toBe('ben');
  await xmpp.stop();
  await simulator.close();
});

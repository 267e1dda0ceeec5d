import type { MobydickSettings } from '../../app/settings/account.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { playDemoCalls } from './demo-calls.ts';

export type DemoExchange = Simulator['exchange'];

/** A PBX of this process with calls that come by themselves, and the account to sign in to it. */
export type DemoPbx = {
  readonly account: Omit<MobydickSettings, 'resource'>;
  readonly password: string;
  /** Ends its calls and sessions. */
  readonly close: () => Promise<void>;
};

const ME = { name: 'alex', fullName: 'Alex Winter', extension: '340', device: 'SIP alex', password: 'demo' };
const COLLEAGUE = {
  name: 'mia',
  fullName: 'Mia Schulz',
  extension: '341',
  device: 'SIP mia',
  password: 'demo',
};

/**
 * Starts the demo PBX on 127.0.0.1: the project's simulator, loaded only here and only when somebody asks for it.
 * Rejects when no port can be had.
 */
export async function startDemoPbx(): Promise<DemoPbx> {
  const { startSimulator } = await import('../../simulator/simulator.ts');
  const pbx = await startSimulator({ users: [ME, COLLEAGUE] });
  const stopCalls = playDemoCalls(pbx.exchange, ME, COLLEAGUE);
  return {
    account: {
      kind: 'mobydick',
      key: 'demo',
      host: pbx.host,
      port: pbx.port,
      domain: pbx.domain,
      user: ME.name,
      pinnedCertificate: pbx.fingerprint,
    },
    password: ME.password,
    async close() {
      stopCalls();
      await pbx.close();
    },
  };
}

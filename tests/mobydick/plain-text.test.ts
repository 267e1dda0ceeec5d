/** A server that offers no encryption. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, adapterFor, signedIn, type Told } from './signed-in.ts';
import { connected } from './way-rig.ts';

let simulator: Simulator | undefined;
let told: Told | undefined;

afterEach(async () => {
  await told?.pbx.stop();
  await simulator?.close();
  told = undefined;
  simulator = undefined;
});

async function pbx(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  simulator = await startSimulator({ users: [ANNA], ...options });
  return simulator;
}

describe('a server that offers no encryption', () => {
  it('is not signed in to', async () => {
    const { port } = await pbx({ xmpp: { startTls: 'absent' } });
    told = adapterFor({ port }, ANNA);
    told.pbx.start();
    expect(await told.untilState('waiting')).toMatchObject({
      problem: { code: 'noEncryption', stage: 'tls' },
    });
    expect(told.lines).toEqual([]);
  });

  it('is signed in to where an administrator allows it, with SCRAM, and the trace says so', async () => {
    const running = await pbx({ xmpp: { startTls: 'absent' } });
    told = await signedIn({ port: running.port }, ANNA, { plainText: true });
    expect(running.sessions()).toMatchObject([{ secure: false, mechanism: 'SCRAM-SHA-1' }]);
    expect(connected(told)).toEqual([`port ${running.port}, NOT ENCRYPTED, domain mobydick`]);
  });

  it('never gets the password itself, whatever is allowed', async () => {
    const running = await pbx({ xmpp: { startTls: 'absent', mechanisms: ['PLAIN'] } });
    told = adapterFor({ port: running.port }, ANNA, { plainText: true });
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({
      problem: { code: 'noEncryption', stage: 'signIn' },
    });
    expect(told.lines.map(({ label }) => label)).not.toContain('auth PLAIN');
  });

  it('is encrypted all the same when it offers that, and its certificate counts', async () => {
    const running = await pbx({ xmpp: { startTls: 'offered' } });
    told = await signedIn(running, ANNA, { plainText: true });
    expect(running.sessions()).toMatchObject([{ secure: true }]);
    await told.pbx.stop();
    told = adapterFor({ port: running.port }, ANNA, { plainText: true });
    told.pbx.start();
    expect(await told.untilState('failed')).toMatchObject({ problem: { code: 'certificateUntrusted' } });
  });
});

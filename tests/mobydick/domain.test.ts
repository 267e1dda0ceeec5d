/** The XMPP domain: set, in the user name, or found from what the server says. */
import { connect as dial } from 'node:net';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../app/pbx/problems.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';
import { endingAll, online, pbx, serving, starting } from './rig.ts';
import { ANNA, type Told } from './signed-in.ts';
import { again, connected, leading } from './way-rig.ts';

endingAll();
let told: Told;

describe.each(['starttls', 'direct'] as const)('the domain, with %s', (kind) => {
  const at = (running: Simulator) => ({
    port: (kind === 'direct' ? running.directTlsPort : running.port) ?? 0,
    fingerprint: running.fingerprint,
  });
  const start = (options: Partial<SimulatorOptions>) => pbx({ directTlsPort: 0, ...options });

  it.each([
    ['follows the factory', 'anna', 'pascom', {}],
    ['stands in the user name', 'Anna@Stack7', 'stack7', {}],
    ['is announced by a server that serves any', 'anna@acme', 'stack7', { otherDomains: 'served' }],
    ['is announced by a server that refuses others', 'anna', 'stack7', {}],
    ['is guessed where the server tells nothing', 'anna@acme', 'mobydick', { announces: 'nothing' }],
    ['is guessed where the server repeats what it hears', 'anna@acme', 'pascom', { announces: 'asked' }],
  ] as const)('%s', async (_how, user, domain, xmpp) => {
    const running = await start({ domain, xmpp });
    told = await online(at(running), ANNA, { user, domain: '' });
    expect(running.sessions()).toMatchObject([{ fullJid: `anna@${domain}/tapline` }]);
    const { port } = at(running);
    expect(connected(told)).toEqual([`port ${port}, encrypted (${kind}), domain ${domain}`]);
  });

  it('is the name of the server, where that is one', async () => {
    const running = await start({ domain: 'localhost', xmpp: { announces: 'nothing' } });
    told = await online(at(running), ANNA, { host: 'localhost', domain: '' });
    expect(running.sessions()).toMatchObject([{ fullJid: 'anna@localhost/tapline' }]);
  });

  it('is asked for once: the next attempt begins with it', async () => {
    const running = await start({ domain: 'pascom', xmpp: { announces: 'nothing' } });
    const { asked, connect } = leading({});
    told = starting(at(running), ANNA, { domain: '' }, {}, { connect });
    await told.untilState('online');
    const first = asked.length;
    expect(first).toBeGreaterThan(1);
    await again(running, told);
    expect(asked.length - first).toBe(1);
  });

  it('has to be told by the user where nothing fits, and nothing is tried until then', async () => {
    const running = await start({ domain: 'stack7', xmpp: { announces: 'nothing' } });
    told = starting(at(running), ANNA, { domain: '' });
    const failed = await told.untilState('failed');
    const problem = 'problem' in failed ? failed.problem : undefined;
    expect(problem).toMatchObject({
      code: 'domainUnknown',
      detail: expect.stringContaining('mobydick, pascom'),
    });
    expect(told.lines).toEqual([]);
    expect(problem && describeProblem(problem, 'en').todo).toContain('XMPP domain');
    await told.pbx.stop();
    told = await online(at(running), ANNA, { domain: 'stack7' });
  });

  it('that was set is the only one asked for, and asked for again', async () => {
    const running = await start({ domain: 'stack7' });
    told = starting(at(running), ANNA, { domain: 'wrong' });
    expect(await told.untilState('waiting', 2)).toMatchObject({
      problem: { code: 'domainUnknown', detail: 'the server does not serve wrong' },
    });
  });
});

describe('a domain that somebody on the way announces', () => {
  it('does not stick: inside the encryption the server has the last word', async () => {
    const running = await pbx({ domain: 'stack7', xmpp: { otherDomains: 'served' } });
    const lying = await serving((socket) => {
      const real = dial(running.port, '127.0.0.1');
      for (const each of [socket, real]) each.on('error', () => {}).setNoDelay(true);
      real.on('data', (chunk) =>
        socket.write(chunk.includes("from='stack7'") ? `${chunk}`.replace('stack7', 'lies.example') : chunk),
      );
      socket.on('data', (chunk) => real.write(chunk)).on('close', () => real.destroy());
    });
    told = await online({ port: lying.port, fingerprint: running.fingerprint }, ANNA, { domain: '' });
    expect(running.sessions()).toMatchObject([{ fullJid: 'anna@stack7/tapline' }]);
    expect(connected(told)[0]).toContain('domain stack7');
  });
});

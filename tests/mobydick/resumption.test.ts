import { afterEach, describe, expect, it } from 'vitest';
import type { PbxEvent } from '../../app/pbx/port.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { channelEvent, message } from './scripted-server.ts';
import { ANNA, isReport, signedIn, type Told } from './signed-in.ts';

let server: Simulator;
let told: Told;

afterEach(async () => {
  await told.pbx.stop();
  await server.close();
});

/** A session at a server that knows stream management. */
async function start(
  deadlines: Parameters<typeof signedIn>[3] = {},
  xmpp: SimulatorOptions['xmpp'] = {},
  account: Parameters<typeof signedIn>[2] = {},
) {
  server = await startSimulator({ users: [ANNA], xmpp: { streamManagement: true, ...xmpp } });
  told = await signedIn(server, ANNA, account, deadlines);
}
const back = async (time = 2) => {
  const session = await told.untilState('online', time);
  return session.state === 'online' && session.resumed;
};
const sent = (label: string) =>
  told.lines.filter((line) => line.direction === 'out' && line.label === label).length;
const stagesOfLastAttempt = () => {
  const states = told.states();
  const lastWait = states.findLastIndex(({ state }) => state === 'waiting');
  return states.slice(lastWait + 1).map((session) => ('stage' in session ? session.stage : session.state));
};
const usersTold = () => told.events.filter(({ type }) => type === 'users').length;
/** A call that is over before anybody who was not there could have heard of it. */
const SLOW = { backOffFirst: 600, backOffLongest: 600 };

describe('a session that is resumed', () => {
  it('is the one of before: nothing is greeted and nobody introduced again', async () => {
    await start();
    server.faults.cut();
    expect(await back()).toBe(true);
    expect(stagesOfLastAttempt()).toEqual(['resolve', 'connect', 'tls', 'signIn', 'bind', 'online']);
    expect([sent('xmppuser.ClientInfo'), usersTold()]).toEqual([1, 1]);
    expect(server.sessions()).toMatchObject([{ connected: true, resumptions: 1 }]);
  });

  it('tells what happened while the connection was down, in its order', async () => {
    await start(SLOW);
    server.faults.cut();
    await told.untilState('waiting');
    server.exchange.outside.call('0991234', 'Otto', '340');
    server.exchange.answer('Anna');
    expect(told.reports()).toEqual([]);
    expect(await back()).toBe(true);
    await told.until(isReport('busy'));
    expect(told.reports().map(({ what }) => what.kind)).toEqual(['ringing', 'busy']);
  });

  it('takes what the server has stamped with the time it waited', async () => {
    await start();
    server.faults.cut();
    expect(await back()).toBe(true);
    const stamp = "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>";
    server.faults.say('anna', message(`${channelEvent('ringing')}${stamp}`));
    await told.until(isReport('ringing'));
  });

  it('survives one loss after the other, and loses no event', async () => {
    await start();
    for (let loss = 1; loss <= 4; loss += 1) {
      server.faults.cut();
      server.exchange.outside.call(`099${loss}`, 'Otto', '340');
      expect(await back(loss + 1)).toBe(true);
      await expect.poll(() => told.reports().map(({ caller }) => caller.number)).toContain(`099${loss}`);
      const { channel } = told.reports().at(-1) ?? { channel: '' };
      await told.pbx.hangup('Anna', channel);
      await told.until(isReport('gone', channel));
    }
    expect(server.sessions()).toMatchObject([{ resumptions: 4 }]);
    const kinds = told.reports().map(({ what }) => what.kind);
    expect(kinds).toEqual(['ringing', 'gone', 'ringing', 'gone', 'ringing', 'gone', 'ringing', 'gone']);
  });

  it('works as before: commands, answers, pings', async () => {
    await start();
    server.faults.cut();
    await back();
    expect(await told.pbx.dial('Anna', '0897777', 1)).toEqual({ ok: true });
    server.faults.say('anna', "<iq type='get' id='s1' from='mobydick'><ping xmlns='urn:xmpp:ping'/></iq>");
    await expect.poll(() => told.lines.filter(({ text }) => text.includes('id="s1"'))).toHaveLength(2);
    await told.until(isReport('ringing'));
  });

  it('waits through an attempt that fails before the server could be asked', async () => {
    await start();
    server.faults.refuseLogins('temporary-auth-failure');
    server.faults.cut();
    await told.untilState('waiting', 3);
    server.faults.clear();
    expect(await back()).toBe(true);
  });
});

describe('a Dial whose fate is unknown', () => {
  it('has failed when the connection is lost, and is not sent again by resuming', async () => {
    await start(SLOW);
    server.faults.goSilent('online');
    const dial = told.pbx.dial('Anna', '0897777', 1);
    await expect.poll(() => sent('base.Dial')).toBe(1);
    server.faults.cut();
    expect(await dial).toMatchObject({ ok: false, code: 'unanswered' });
    server.faults.clear();
    expect(await back()).toBe(true);
    expect(await told.pbx.hangup('Anna', 'SIP/nobody-1')).toMatchObject({ code: 'refused' });
    expect(sent('base.Dial')).toBe(1);
  });
});

describe('a session that cannot be resumed', () => {
  it('is bound anew in the same attempt', async () => {
    await start();
    server.faults.forgetSessions();
    server.faults.cut();
    expect(await back()).toBe(false);
    expect(stagesOfLastAttempt()).toContain('userInfo');
    expect(told.states().filter(({ state }) => state === 'waiting')).toHaveLength(1);
    expect([sent('resume'), sent('xmppuser.ClientInfo'), usersTold()]).toEqual([1, 2, 2]);
  });

  it('is not asked for again where the server hangs at it', async () => {
    await start({ attempt: 1_500 });
    server.faults.goSilent('resume');
    server.faults.cut();
    const hung = (event: PbxEvent): event is PbxEvent & { type: 'session' } =>
      event.type === 'session' &&
      event.session.state === 'waiting' &&
      event.session.problem.code === 'silent';
    expect((await told.until(hung)).session).toMatchObject({ problem: { stage: 'bind' } });
    expect(await back()).toBe(false);
    expect(sent('resume')).toBe(1);
  });

  it('is not asked for when the server holds it no longer', async () => {
    await start({ backOffFirst: 2_400, backOffLongest: 2_400 }, { resumptionSeconds: 1 });
    server.faults.cut();
    expect(await back()).toBe(false);
    expect(sent('resume')).toBe(0);
  });

  it('is not asked for where the server promises nothing', async () => {
    await start({}, { resumption: false });
    server.faults.cut();
    expect(await back()).toBe(false);
    expect([sent('enable'), sent('resume')]).toEqual([2, 0]);
  });

  it('is over when the user signs out', async () => {
    await start();
    await told.pbx.stop();
    await expect.poll(() => server.sessions()).toEqual([]);
    told.pbx.start();
    expect(await back()).toBe(false);
    expect(sent('resume')).toBe(0);
  });

  it('is not wanted where stream management is switched off (CL-1588)', async () => {
    await start({}, {}, { streamManagement: false });
    server.faults.cut();
    expect(await back()).toBe(false);
    expect([sent('enable'), sent('resume')]).toEqual([0, 0]);
    expect(server.sessions()).toMatchObject([{ resumable: false }]);
  });
});

it('a server that asks for acknowledgements does not fill the trace with them', async () => {
  await start();
  server.exchange.outside.call('0991234', 'Otto', '340');
  await told.until(isReport('ringing'));
  const labels = told.lines.map(({ label }) => label);
  expect(labels).toContain('enabled');
  expect(labels.filter((label) => label === 'r' || label === 'a')).toEqual([]);
});

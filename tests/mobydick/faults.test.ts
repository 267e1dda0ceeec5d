import { describe, expect, it } from 'vitest';
import type { Deadlines } from '../../app/pbx/connection/deadlines.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { endingAll, online, pbx, scriptedServer, starting } from './rig.ts';
import { channelEvent, cmd, message, type ScriptedServer } from './scripted-server.ts';
import { ANNA, isReport, type Told } from './signed-in.ts';

const RESOURCES =
  "<error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

endingAll();

/** Anna is online at a simulator, with these deadlines. */
async function atSimulator(deadlines: Partial<Deadlines> = {}): Promise<[Simulator, Told]> {
  const simulator = await pbx();
  return [simulator, await online(simulator, ANNA, {}, deadlines)];
}

/** The same at a server that says what a test wants. */
async function atScripted(deadlines: Partial<Deadlines> = {}): Promise<[ScriptedServer, Told]> {
  const scripted = await scriptedServer();
  return [scripted, await online(scripted, ANNA, {}, deadlines)];
}

describe('a session that breaks', () => {
  it('waits and comes back by itself when the connection is cut', async () => {
    const [server, { untilState, events }] = await atSimulator();
    server.faults.cut();
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'lost', stage: 'online' } });
    await untilState('online', 2);
    expect(events.filter((event) => event.type === 'users')).toHaveLength(2);
    expect(server.sessions()).toHaveLength(1);
  });

  it('ends a pending command at once, and never sends it again', async () => {
    const [server, { pbx, untilState, lines }] = await atSimulator();
    server.faults.goSilent('online');
    const pending = pbx.dial('Anna', '0897777', 1);
    const cutAt = performance.now();
    server.faults.cut();
    expect(await pending).toMatchObject({ ok: false, code: 'unanswered' });
    expect(performance.now() - cutAt).toBeLessThan(500);
    server.faults.clear();
    await untilState('online', 2);
    expect(lines.filter(({ label }) => label === 'base.Dial')).toHaveLength(1);
  });

  it('gives up a command at its deadline', async () => {
    const [server, { pbx }] = await atSimulator({ command: 60 });
    server.faults.goSilent('online');
    expect(await pbx.dial('Anna', '0897777', 1)).toMatchObject({ ok: false, code: 'unanswered' });
  });

  it('notices a peer that is mute, also when idle (TAPI-19)', async () => {
    const [server, { untilState }] = await atSimulator({ quiet: 60, ping: 60 });
    server.faults.goSilent('online');
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage: 'online' } });
  });

  it('notices it with a command under way, which ends with the session (TAPI-19)', async () => {
    const [server, { pbx, untilState }] = await atSimulator({ quiet: 60, ping: 60, command: 20_000 });
    server.faults.goSilent('online');
    const dial = pbx.dial('Anna', '0897777', 1);
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'silent', stage: 'online' } });
    expect(await dial).toMatchObject({ ok: false, code: 'unanswered' });
  });

  it('asks at once whether the peer lives when the machine has slept', async () => {
    const [server, { pbx, lines, states, untilState }] = await atSimulator({ quiet: 60_000, ping: 1_000 });
    const pings = () => lines.filter(({ label }) => label === 'ping').length;
    for (let time = 0; time < 10; time += 1) pbx.check();
    expect(pings()).toBe(1);
    await expect.poll(() => lines.filter(({ label }) => label === 'iq result')).toHaveLength(1);
    expect(states().at(-1)).toMatchObject({ state: 'online' });
    server.faults.goSilent('online');
    pbx.check();
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'silent' } });
  });

  it('comes back at once when the network does', async () => {
    const [server, { pbx, untilState, states }] = await atSimulator({
      backOffFirst: 60_000,
      backOffLongest: 60_000,
      betweenAttempts: 0,
    });
    server.faults.cut();
    await untilState('waiting');
    for (let time = 0; time < 10; time += 1) pbx.check();
    await untilState('online', 2);
    expect(
      states().filter((session) => session.state === 'connecting' && session.stage === 'resolve'),
    ).toHaveLength(2);
    expect(server.sessions()).toHaveLength(1);
  });

  it('stays with a peer that is quiet and answers pings', async () => {
    const [, { states, lines }] = await atSimulator({ quiet: 30, ping: 500 });
    await expect.poll(() => lines.filter(({ label }) => label === 'ping').length).toBeGreaterThan(2);
    expect(states().at(-1)).toMatchObject({ state: 'online' });
  });

  it('leaves the field to whoever took over its resource', async () => {
    const [server, { pbx, untilState, states }] = await atSimulator({
      afterConflict: 60_000,
      betweenAttempts: 0,
    });
    const other = await online(server, ANNA);
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'replaced' } });
    const last = states().at(-1);
    expect(last?.state === 'waiting' && last.delay).toBeGreaterThanOrEqual(30_000);
    for (let time = 0; time < 10; time += 1) pbx.check();
    expect(states().at(-1)).toBe(last);
    expect(other.states().at(-1)).toMatchObject({ state: 'online' });
  });

  it('counts the attempts anew after it was online', async () => {
    const [server, { untilState, states }] = await atSimulator();
    for (const round of [1, 2, 3]) {
      server.faults.cut();
      await untilState('online', round + 1);
    }
    const delays = states().flatMap((session) => (session.state === 'waiting' ? [session.delay] : []));
    expect(delays.every((delay) => delay >= 20 && delay <= 40)).toBe(true);
  });
});

it("answers the server's pings", async () => {
  const [server] = await atScripted();
  await server.say("<iq type='get' id='s1' from='mobydick'><ping xmlns='urn:xmpp:ping'/></iq>");
  await expect.poll(server.heard).toMatch(/<iq [^>]*id="s1"[^>]*type="result"/);
});

describe('what no honest server sends', () => {
  it('keeps an umlaut whole that came in two chunks', async () => {
    const [server, { until }] = await atScripted();
    const bytes = Buffer.from(message(channelEvent('ringing', { sourceName: 'Käthe Müller €' })));
    const cut = bytes.indexOf(Buffer.from('ä')) + 1;
    const second = bytes.indexOf(Buffer.from('€')) + 1;
    await server.say(bytes.subarray(0, cut), bytes.subarray(cut, second), bytes.subarray(second));
    expect((await until(isReport('ringing'))).report.caller.name).toBe('Käthe Müller €');
  });

  it('takes an event that comes before the user information, and tells it after `online`', async () => {
    const scripted = await scriptedServer({
      userInfo: (id) =>
        `${message(channelEvent('ringing'))}<iq type='result' id='${id}'>${cmd(
          'xmppuser',
          '<UserInfo name="Anna"/>',
        )}</iq>`,
    });
    const told = await online(scripted, ANNA);
    await told.until(isReport('ringing'));
    expect(told.events.slice(-3).map(({ type }) => type)).toEqual(['users', 'session', 'channel']);
  });

  it.each([
    '</wrong>',
    '<message></iq>',
    '<message>&nosuchentity;</message>',
    `<a>${'<b>'.repeat(100)}`,
    '</stream:stream>',
    '<stream:error><reset xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>',
    '<stream:error><see-other-host xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>',
    '<stream:error/>',
  ])('ends the session at %j, and comes back', async (said) => {
    const [server, { untilState }] = await atScripted();
    await server.say(said);
    expect(await untilState('waiting')).toMatchObject({ problem: { stage: 'online' } });
    await untilState('online', 2);
    expect(server.connections()).toBe(2);
  });

  it.each([
    ['a sender without a domain', message(channelEvent('ringing'), '@')],
    ['a sender that is not the PBX', message(channelEvent('ringing'), 'mallory@mobydick/phone')],
    ['a sender of another domain', message(channelEvent('ringing'), 'pbx.elsewhere')],
    ['no channel', message(channelEvent('ringing', { eventId: '' }))],
    ['a channel that is too long', message(channelEvent('ringing', { eventId: 'x'.repeat(300) }))],
    ['no command', message('')],
    ['an event nobody knows', message(cmd('base', '<Sunshine/>'))],
    ['a pickup of another kind', message(cmd('base', '<PickupEvent/>'))],
    [
      'a ringing from yesterday',
      message(`${channelEvent('ringing')}<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>`),
    ],
    ['an answer to nothing', "<iq type='result' id='nobody-1'/>"],
    ['an element of nowhere', "<nonsense xmlns='urn:nowhere'/>"],
  ])('goes on after %s', async (_what, said) => {
    const [server, { until, reports, states, lines }] = await atScripted();
    const before = lines.length;
    await server.say(said);
    await server.say(message(channelEvent('busy', { eventId: 'SIP/2' })));
    await until(isReport('busy', 'SIP/2'));
    expect(reports()).toHaveLength(1);
    expect(states().at(-1)).toMatchObject({ state: 'online' });
    expect(lines.length).toBeGreaterThan(before);
  });

  it('takes a late hangup', async () => {
    const [server, { until }] = await atScripted();
    await server.say(
      message(`${channelEvent('hangup')}<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>`),
    );
    await until(isReport('gone', 'SIP/1'));
  });

  it('ends a session that sends a text without end', async () => {
    const [server, { untilState }] = await atScripted();
    const chunk = 'x'.repeat(64 * 1024);
    await server.say('<message><body>', ...Array.from({ length: 12 }, () => chunk));
    expect(await untilState('waiting')).toMatchObject({ problem: { code: 'lost' } });
  });

  it.each([
    ['nothing to bind', { features: '' }, 'wrongServer', 'bind'],
    ['no mechanism at all', { mechanisms: '' }, 'accountRefused', 'signIn'],
    [
      'a mechanism nobody knows',
      { mechanisms: '<mechanism>X-OAUTH2</mechanism>' },
      'accountRefused',
      'signIn',
    ],
    [
      'a server that lets in without its own proof',
      { mechanisms: '<mechanism>SCRAM-SHA-256</mechanism>' },
      'wrongServer',
      'signIn',
    ],
    [
      'a challenge that is none',
      {
        mechanisms: '<mechanism>SCRAM-SHA-256</mechanism>',
        afterAuth: `<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>bm9uc2Vuc2U=</challenge>`,
      },
      'wrongServer',
      'signIn',
    ],
    [
      'a refusal of the command API',
      {
        userInfo: (id: string) =>
          `<iq type='error' id='${id}'><error type='cancel'><service-unavailable ` +
          "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
      },
      'noUserInfo',
      'userInfo',
    ],
    [
      'a user without a name',
      { userInfo: (id: string) => `<iq type='result' id='${id}'>${cmd('xmppuser', '<UserInfo/>')}</iq>` },
      'noUserInfo',
      'userInfo',
    ],
    ['no user information', { userInfo: () => ' ' }, 'silent', 'userInfo'],
    [
      'a session that is full',
      { bound: (id: string) => `<iq type='error' id='${id}'>${RESOURCES}</iq>` },
      'accountRefused',
      'bind',
    ],
  ] as const)('names the problem at %s', async (_what, script, code, stage) => {
    const scripted = await scriptedServer(script);
    const told = starting(scripted, ANNA, {}, { attempt: 400 });
    await expect
      .poll(() => told.states().find(({ state }) => state === 'waiting' || state === 'failed'))
      .toMatchObject({ problem: { code, stage } });
  });

  it('goes on when whoever listens throws', async () => {
    const [server, listener] = await atScripted();
    listener.onEvent = () => {
      throw new Error('not my day');
    };
    await server.say(message(channelEvent('ringing')), message(channelEvent('busy')));
    await listener.until(isReport('busy'));
    expect(listener.lines).toContainEqual(expect.objectContaining({ label: 'listener failed' }));
    expect(listener.states().at(-1)).toMatchObject({ state: 'online' });
  });
});

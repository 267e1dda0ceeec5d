import { afterEach, describe, expect, it } from 'vitest';
import type { PbxEvent } from '../../app/pbx/port.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { ANNA, adapterFor, BEN, isReport, signedIn, type Told } from './signed-in.ts';

let server: Simulator | undefined;
let scripted: ScriptedServer | undefined;
let told: Told;

afterEach(async () => {
  await told.pbx.stop();
  await server?.close();
  await scripted?.close();
  server = undefined;
  scripted = undefined;
});

async function atSimulator(streamManagement = false): Promise<Simulator> {
  server = await startSimulator({ users: [ANNA, BEN], xmpp: { streamManagement } });
  told = await signedIn(server, ANNA);
  return server;
}
async function atScripted(): Promise<ScriptedServer> {
  scripted = await startScriptedServer();
  told = await signedIn(scripted, ANNA);
  return scripted;
}
const phones = () => told.events.flatMap((event) => (event.type === 'phone' ? [event.phone] : []));
const isEnded = (event: PbxEvent): event is PbxEvent & { type: 'ended' } => event.type === 'ended';

describe("the user's own phone", () => {
  it('is told after the sign-in, and at each change', async () => {
    const { exchange } = await atSimulator();
    await expect.poll(phones).toEqual(['free']);
    expect(told.events.map(({ type }) => type).slice(-2)).toEqual(['session', 'phone']);
    exchange.outside.call('0991234', 'Otto', '340');
    const { report } = await told.until(isReport('ringing'));
    await told.pbx.answer('Anna', report.channel);
    await expect.poll(phones).toEqual(['free', 'inCall']);
    await told.pbx.hangup('Anna', report.channel);
    await expect.poll(phones).toEqual(['free', 'inCall', 'free']);
    const presence = { direction: 'in', label: expect.stringContaining('presence') };
    expect(told.lines).toContainEqual(expect.objectContaining(presence));
  });

  it('is told again after a sign-in that is new, and not after a session was resumed', async () => {
    const { faults } = await atSimulator(true);
    await expect.poll(phones).toEqual(['free']);
    faults.cut();
    expect(await told.untilState('online', 2)).toMatchObject({ resumed: true });
    expect(phones()).toEqual(['free']);
    faults.forgetSessions();
    faults.cut();
    expect(await told.untilState('online', 3)).toMatchObject({ resumed: false });
    await expect.poll(phones).toEqual(['free', 'free']);
  });

  it("is not mistaken for a colleague's, another program's, or a request", async () => {
    const { say } = await atScripted();
    await say(
      "<presence from='ben@mobydick/phone'/>",
      "<presence from='anna@elsewhere/phone'/>",
      "<presence from='anna@mobydick/desktop'><show>dnd</show></presence>",
      "<presence from='anna@mobydick'/>",
      '<presence/>',
      "<presence from='anna@mobydick/phone' type='subscribe'/>",
      "<presence from='anna@mobydick/phone' type='error'/>",
      "<presence from='Anna@Mobydick/phone' type='unavailable'/>",
    );
    await expect.poll(phones).toEqual(['absent']);
  });

  it('is in a call at every word that does not say otherwise, and told once for each state', async () => {
    const { say } = await atScripted();
    for (const show of ['', '<show/>', '<show>chat</show>'])
      await say(`<presence from='anna@mobydick/phone'>${show}</presence>`);
    for (const show of ['dnd', 'xa', 'away', 'ON_THE_PHONE'])
      await say(`<presence from='anna@mobydick/phone'><show>${show}</show></presence>`);
    await expect.poll(phones).toEqual(['free', 'inCall']);
  });
});

describe('calls that are over', () => {
  it('are told as they end', async () => {
    const { exchange } = await atSimulator();
    const before = Date.now();
    exchange.outside.call('0991234', 'Otto', '340');
    const { report } = await told.until(isReport('ringing'));
    await told.pbx.hangup('Anna', report.channel);
    const ended = await told.until(isEnded);
    expect(ended).toEqual({
      type: 'ended',
      user: 'Anna',
      call: {
        direction: 'inbound',
        number: '0991234',
        began: expect.any(Number),
        lasted: expect.any(Number),
      },
    });
    expect(ended.call.began).toBeGreaterThanOrEqual(before);
    expect(ended.call.lasted % 1_000).toBe(0);
  });

  it("are found in the user's journal, from a moment on", async () => {
    const { exchange } = await atSimulator();
    exchange.outside.set('0897777', { kind: 'busy' });
    await told.pbx.dial('Anna', '0897777', 1);
    const { call } = await told.until(isEnded);
    expect(call).toMatchObject({ direction: 'outbound', number: '0897777' });
    expect(await told.pbx.endedCalls('Anna', call.began)).toEqual([call]);
    expect(await told.pbx.endedCalls('Anna', call.began + 1)).toEqual([]);
  });

  it('are not known for somebody else, nor without a session, nor from a PBX that does not answer', async () => {
    const { faults } = await atSimulator();
    expect(await told.pbx.endedCalls('ben', 0)).toBeUndefined();
    faults.goSilent('online');
    expect(await told.pbx.endedCalls('Anna', 0)).toBeUndefined();
    await told.pbx.stop();
    expect(await told.pbx.endedCalls('Anna', 0)).toBeUndefined();
    expect(await adapterFor({ port: 1 }, ANNA).pbx.endedCalls('Anna', 0)).toBeUndefined();
  });
});

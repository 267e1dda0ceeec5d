import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/simulator.ts';
import { ANNA, BEN, isReport, signedIn, type Told } from './signed-in.ts';

let simulator: Simulator;
let anna: Told;

async function start(options: Partial<SimulatorOptions> = {}) {
  simulator = await startSimulator({ users: [ANNA, BEN], ...options });
  anna = await signedIn(simulator, ANNA);
}
beforeEach(() => start());
afterEach(async () => {
  await anna.pbx.stop();
  await simulator.close();
});

describe('a call that comes in', () => {
  it('is reported, answered at the phone that rings, and hung up', async () => {
    simulator.exchange.outside.call('0991234', 'Otto Öl', '340');
    const { report, wire } = await anna.until(isReport('ringing'));
    expect(report).toMatchObject({
      user: 'Anna',
      direction: 'inbound',
      internal: false,
      caller: { number: '0991234', name: 'Otto Öl' },
      called: { number: '340', name: 'Anna Müller' },
      redirecting: { number: '', name: '' },
    });
    expect(wire).toMatchObject({
      direction: 'in',
      label: 'base.ChannelEvent ringing',
      channel: report.channel,
    });

    expect(await anna.pbx.answer('Anna', report.channel)).toEqual({ ok: true });
    await anna.until(isReport('busy', report.channel));
    expect(await anna.pbx.hangup('Anna', report.channel)).toEqual({ ok: true });
    const gone = await anna.until(isReport('gone', report.channel));
    expect(gone.report.what).toEqual({ kind: 'gone', cause: 'unsaid' });
    expect(simulator.exchange.channels()).toEqual([]);
  });

  it('is held and taken back at the phone', async () => {
    simulator.exchange.outside.call('0991234', 'Otto', '340');
    simulator.exchange.answer('Anna');
    simulator.exchange.toggleHold('Anna');
    simulator.exchange.toggleHold('Anna');
    await anna.until(isReport('retrieved'));
    expect(anna.reports().map(({ what }) => what.kind)).toEqual(['ringing', 'busy', 'held', 'retrieved']);
  });

  it('traces a command and its answer with the channel', async () => {
    simulator.exchange.outside.call('0991234', 'Otto', '340');
    const { report } = await anna.until(isReport('ringing'));
    await anna.pbx.answer('Anna', report.channel);
    expect(anna.lines.slice(-8)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ direction: 'out', label: 'phone.Offhook', channel: report.channel }),
        expect.objectContaining({ direction: 'in', label: 'base.Success', channel: report.channel }),
      ]),
    );
    expect(anna.lines.some(({ label }) => label.startsWith('base.ChannelEvent'))).toBe(false);
  });
});

describe('a call that goes out', () => {
  it('is dialled, and reported from the ringing on', async () => {
    simulator.exchange.outside.set('0897777', { kind: 'answers', hangUpAfterMs: 50 }, 'Far End');
    expect(await anna.pbx.dial('Anna', '0897777', 7)).toEqual({ ok: true });
    await anna.until(isReport('gone'));
    expect(anna.reports().map(({ what }) => what.kind)).toEqual(['ringing', 'busy', 'gone']);
    expect(anna.reports()[0]).toMatchObject({
      direction: 'outbound',
      caller: { number: '340' },
      called: { number: '0897777', name: 'Far End' },
    });
    const aboutIt = anna.lines.filter(({ call }) => call === 7).map(({ label }) => label);
    expect(aboutIt).toEqual(['base.Dial', 'base.Success']);
  });

  it('tells that the far end is busy', async () => {
    simulator.exchange.outside.set('0891', { kind: 'busy' });
    await anna.pbx.dial('Anna', '0891', 1);
    const { report } = await anna.until(isReport('gone'));
    expect(report.what).toEqual({ kind: 'gone', cause: 'busy' });
  });

  it('takes an event that comes before the answer to Dial', async () => {
    await anna.pbx.stop();
    await simulator.close();
    await start({ replyOrder: 'event-first' });
    expect(await anna.pbx.dial('Anna', '0897777', 1)).toEqual({ ok: true });
    await anna.until(isReport('ringing'));
  });
});

describe("a colleague's call", () => {
  it('is offered, picked up, and gone for the others', async () => {
    simulator.exchange.outside.call('0991234', 'Otto', '341');
    const offered = await anna.until((event) => event.type === 'pickupOffered');
    expect(offered.offer).toEqual({
      user: 'Anna',
      target: '341',
      targetName: 'ben',
      caller: { number: '0991234', name: 'Otto' },
    });
    expect(await anna.pbx.pickup('Anna', '341', 3)).toEqual({ ok: true });
    await anna.until((event) => event.type === 'pickupGone');
    await anna.until(isReport('busy'));
    expect(anna.reports()[0]).toMatchObject({ direction: 'inbound', caller: { number: '0991234' } });
  });
});

describe('a command that cannot be', () => {
  it('carries what the PBX said', async () => {
    const answer = await anna.pbx.hangup('Anna', 'SIP/nobody-1');
    expect(answer).toMatchObject({ ok: false, code: 'refused' });
    expect(answer.ok ? '' : answer.detail).not.toBe('');
  });

  it('is not sent for a user of another account', async () => {
    expect(await anna.pbx.dial('ben', '340', 1)).toMatchObject({ ok: false, code: 'unsupported' });
    expect(anna.lines.some(({ label }) => label === 'base.Dial')).toBe(false);
  });
});

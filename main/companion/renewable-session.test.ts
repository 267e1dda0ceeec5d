import { beforeEach, describe, expect, it } from 'vitest';
import type { Pbx, PbxListener } from '../../app/pbx/port.ts';
import { type MakeSession, RenewableSession } from './renewable-session.ts';

let log: string[];
let stopped: Map<string, PromiseWithResolvers<void>>;
let heard: string[];
const listener: PbxListener = {
  event: (event) => void heard.push(event.type === 'pickupGone' ? event.user : event.type),
  trace: () => undefined,
};

beforeEach(() => {
  log = [];
  heard = [];
  stopped = new Map();
});

/** A session that writes down what is asked of it, and ends when the test lets it. */
const session =
  (name: string): MakeSession =>
  (told) => {
    const end = Promise.withResolvers<void>();
    stopped.set(name, end);
    const ask = async (what: string) => {
      log.push(`${name} ${what}`);
      return { ok: true } as const;
    };
    const pbx: Pbx = {
      start: () => {
        log.push(`${name} start`);
        told.event({ type: 'pickupGone', user: name, target: '' });
      },
      stop: () => {
        log.push(`${name} stop`);
        return end.promise;
      },
      check: () => void log.push(`${name} check`),
      dial: () => ask('dial'),
      answer: () => ask('answer'),
      hangup: () => ask('hangup'),
      pickup: () => ask('pickup'),
      hold: () => ask('hold'),
      unhold: () => ask('unhold'),
      blindTransfer: () => ask('blindTransfer'),
      redirect: () => ask('redirect'),
      sendDigits: () => ask('sendDigits'),
      consult: () => ask('consult'),
      completeTransfer: () => ask('completeTransfer'),
      endedCalls: async () => {
        log.push(`${name} endedCalls`);
        return undefined;
      },
    };
    return pbx;
  };

describe('a session that is renewed', () => {
  it('signs in with the new settings once the old session has gone', async () => {
    const renewable = new RenewableSession(listener, session('old'));
    renewable.start();
    const renewed = renewable.renew(session('new'));
    expect(log).toEqual(['old start', 'old stop']);
    stopped.get('old')?.resolve();
    await renewed;
    expect(log).toEqual(['old start', 'old stop', 'new start']);
    expect(heard, 'both told the same listener').toEqual(['old', 'new']);
  });

  it('is asked through the same door before and after', async () => {
    const renewable = new RenewableSession(listener, session('old'));
    await renewable.dial('anna', '341', 1);
    stopped.get('old')?.resolve();
    await renewable.renew(session('new'));
    renewable.check();
    await renewable.dial('anna', '341', 1);
    await renewable.answer('anna', 'c');
    await renewable.hangup('anna', 'c');
    await renewable.pickup('anna', '341', 1);
    await renewable.hold('anna', 'c');
    await renewable.unhold('anna', 'c');
    await renewable.blindTransfer('anna', 'c', '341');
    await renewable.endedCalls('anna', 0);
    const verbs = ['dial', 'answer', 'hangup', 'pickup', 'hold', 'unhold', 'blindTransfer'];
    const asked = ['check', ...verbs, 'endedCalls'];
    expect(log).toEqual(['old dial', 'old stop', 'new start', ...asked.map((what) => `new ${what}`)]);
  });

  it('does not come back when it was stopped for good meanwhile', async () => {
    const renewable = new RenewableSession(listener, session('old'));
    const renewed = renewable.renew(session('new'));
    const end = renewable.stop();
    stopped.get('old')?.resolve();
    stopped.get('new')?.resolve();
    await Promise.all([renewed, end]);
    expect(log).toEqual(['old stop', 'new stop']);
  });
});

/** Quitting: the watching of calls ends, the calls go on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaited, soon } from './support/condition.ts';
import { ANNA } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeEach(async () => {
  seat = await takeSeat();
});
afterEach(() => seat?.stop());

const states = () => seat.channels().map(({ state }) => state);
/** Quits from the tray. @returns the exit code, once it is told and after it was */
async function quit(): Promise<number | null> {
  await seat.app.controls.trayMenuClick('Quit');
  return seat.app.exited;
}
const exits = () => seat.app.log.entries.filter(({ what }) => what === 'exit');

describe('quitting', () => {
  it('with every window open and a call up ends in order, and the call goes on', async () => {
    await seat.signIn();
    await seat.diagnostics();
    expect(await seat.ask('diagnostics', 'openWindow', { kind: 'signIn' })).toEqual({ ok: true });
    const channel = await seat.talk();
    await seat.flyout();
    expect(await quit()).toBe(0);
    await soon(() => seat.pbx.sessions()).toEqual([]);
    expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
    expect(exits()).toHaveLength(1);
    expect(seat.trouble()).toEqual([]);
  });

  it('while it rings lets it ring', async () => {
    await seat.signIn();
    await seat.ring();
    expect(await quit()).toBe(0);
    expect(states()).toEqual(['ringing']);
    await soon(() => seat.pbx.sessions()).toEqual([]);
  });

  it('is not held up by a server that has fallen silent', async () => {
    await seat.signIn();
    await seat.talk();
    seat.pbx.faults.goSilent('online');
    expect(await quit()).toBe(0);
    expect(states()).toEqual(['talking']);
  });

  it('is not held up by a sign-in that hangs', async () => {
    seat.pbx.faults.goSilent('auth');
    await seat.diagnostics();
    await seat.ask('diagnostics', 'openWindow', { kind: 'signIn' });
    const asked = seat.ask('signIn', 'signIn', seat.credentials()).catch(() => undefined);
    await awaited('the attempt', async () => {
      const rows = await seat.ask('diagnostics', 'followTrace', { from: 0 });
      return rows.some(({ label }) => label.startsWith('auth')) || undefined;
    });
    expect(await quit()).toBe(0);
    await asked;
  });

  it('asked for twice happens once', async () => {
    await seat.signIn();
    await seat.talk();
    const { controls } = seat.app;
    await Promise.allSettled([controls.quit(), controls.quit(), controls.quit()]);
    expect(await seat.app.exited).toBe(0);
    expect(exits()).toHaveLength(1);
    expect(states()).toEqual(['talking']);
  });

  it('leaves the next start nothing to trip over', async () => {
    await seat.signIn();
    await seat.talk();
    expect(await quit()).toBe(0);
    const next = await takeSeat({ at: seat.pbx });
    try {
      await next.signIn();
      const { calls } = await next.ask('popup', 'subscribe', {});
      // The server tells a new session of the call that is up, or says nothing of it: it is never made up or ended.
      expect(calls?.every(({ state }) => state !== 'disconnected')).toBe(true);
      expect(seat.pbx.sessions().map(({ user }) => user)).toEqual([ANNA.name]);
      expect(states()).toEqual(['talking']);
    } finally {
      await next.stop();
    }
  });
});

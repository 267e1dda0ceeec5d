/** Pages that are loaded anew, closed or crash while somebody talks: the call does not notice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WindowKind } from '../../contract/renderer-api.ts';
import { awaited, soon } from './support/condition.ts';
import { ANNA, CUSTOMER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.signIn();
});
afterAll(() => seat?.stop());

const open: Readonly<Record<WindowKind, () => Promise<unknown>>> = {
  flyout: () => seat.flyout(),
  popup: () => seat.ring(),
  diagnostics: () => seat.diagnostics(),
  signIn: async () => {
    await seat.diagnostics();
    await seat.ask('diagnostics', 'openWindow', { kind: 'signIn' });
    await soon(() => seat.seen('signIn')).toBe(true);
  },
};
const idOf = async (kind: WindowKind) => (await seat.window(kind))?.id ?? 0;
const losses = {
  'is closed': async (id: number) => seat.app.controls.closeWindow(id),
  crashes: async (id: number) => {
    const gone = seat.app.happened('window', ({ window, did }) => window === id && did === 'crashed');
    await seat.app.controls.crash(id);
    await gone;
  },
} as const;

describe.each(['flyout', 'diagnostics', 'signIn'] as const)('while somebody talks, %s', (kind) => {
  let channel: string;
  beforeEach(async () => {
    channel = await seat.talk();
  });
  afterEach(async () => {
    seat.pbx.exchange.clear();
    await awaited(
      'no call',
      async () => (await seat.ask('popup', 'subscribe', {})).calls?.length === 0 || undefined,
    );
  });

  it.each(Object.entries(losses))(
    '%s: the call goes on, and the window can be opened again',
    async (_, lose) => {
      await open[kind]();
      const id = await idOf(kind);
      await lose(id);
      await soon(async () => (await idOf(kind)) === id && (await seat.seen(kind))).toBe(false);
      expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
      await open[kind]();
      expect(await idOf(kind)).not.toBe(id);
      const page = await seat.page(kind);
      await page.getByRole('button').first().waitFor();
      expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
      expect(seat.pbx.sessions()).toHaveLength(1);
    },
  );
});

describe('the flyout', () => {
  afterEach(() => seat.pbx.exchange.clear());

  it('has the call again after a reload and after a crash, and hangs it up', async () => {
    await seat.talk();
    const page = await seat.flyout();
    await page.getByRole('button', { name: 'Hang up' }).waitFor();
    await page.evaluate(() => Object.assign(window, { old: true }));
    await seat.app.controls.reload(await idOf('flyout'));
    await page.waitForFunction(() => !('old' in window));
    await page.getByText(CUSTOMER.name).waitFor();
    await page.getByRole('timer').waitFor();

    const id = await idOf('flyout');
    await losses.crashes(id);
    await soon(async () => (await idOf('flyout')) !== id).toBe(true);
    const again = await seat.flyout();
    await again.getByText(CUSTOMER.name).waitFor();
    await again.getByRole('button', { name: 'Hang up' }).click();
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
  });
});

describe('the popup', () => {
  beforeEach(async () => {
    seat.pbx.exchange.clear();
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('has the call again after a reload, without the focus, and answers it', async () => {
    await seat.diagnostics();
    const page = await seat.ring();
    await page.evaluate(() => Object.assign(window, { old: true }));
    await seat.app.controls.reload(await idOf('popup'));
    await page.waitForFunction(() => !('old' in window));
    await page.getByRole('button', { name: 'Answer' }).click();
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
    expect(await seat.window('diagnostics')).toMatchObject({ focused: true });
  });

  it('comes back by itself after a crash, without the focus, and answers', async () => {
    await seat.diagnostics();
    await seat.ring();
    const id = await idOf('popup');
    await losses.crashes(id);
    await soon(async () => (await idOf('popup')) !== id && (await seat.seen('popup'))).toBe(true);
    expect(await seat.window('diagnostics')).toMatchObject({ focused: true });
    await (await seat.page('popup')).getByRole('button', { name: 'Answer' }).click();
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
  });

  it('that is closed while it rings lets it ring, and the call can be taken elsewhere', async () => {
    await seat.ring();
    await seat.app.controls.closeWindow(await idOf('popup'));
    await soon(() => seat.seen('popup')).toBe(false);
    expect(seat.channels()).toMatchObject([{ state: 'ringing' }]);
    await seat.app.controls.trayMenuClick(`Answer: ${CUSTOMER.name}`);
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
  });

  it('that crashes while somebody talks is there for the next call', async () => {
    const channel = await seat.talk();
    const id = await idOf('popup');
    await losses.crashes(id);
    expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
    await soon(async () => (await idOf('popup')) !== id).toBe(true);
    const page = await seat.ring({ number: '0301234', name: 'Next' });
    await page.getByRole('heading', { name: 'Next' }).waitFor();
  });

  it('that always crashes is not tried for ever, and the call is still told', async () => {
    await seat.ring();
    for (let crash = 0; crash < 8 && (await idOf('popup')) !== 0; crash += 1) {
      const id = await idOf('popup');
      await losses.crashes(id);
      await soon(async () => (await idOf('popup')) !== id).toBe(true);
    }
    expect(seat.channels(), 'the call rings on').toMatchObject([{ state: 'ringing' }]);
    seat.pbx.exchange.clear();
    await soon(async () => (await seat.tray()).tooltip).toContain('ready');
    const told = async () => {
      const { notifications } = await seat.app.controls.state();
      return (
        (await seat.seen('popup')) ||
        notifications.some(({ title, shown }) => shown && title.includes('Next'))
      );
    };
    seat.pbx.exchange.outside.call('0301234', 'Next', ANNA.extension);
    await soon(told).toBe(true);
  });

  it('was without trouble', () => expect(seat.trouble()).toEqual([]));
});

describe('every window at once', () => {
  it('is closed and crashes while somebody talks, and the tray still hangs up', async () => {
    const own = await takeSeat();
    try {
      await own.signIn();
      const channel = await own.talk();
      for (const lose of ['closeWindow', 'crash'] as const) {
        await own.diagnostics();
        await own.ask('diagnostics', 'openWindow', { kind: 'signIn' });
        await soon(() => own.seen('signIn')).toBe(true);
        await own.flyout();
        const { windows } = await own.app.controls.state();
        expect(windows).toHaveLength(4);
        for (const { id } of windows) await own.app.controls[lose](id);
        await soon(async () => {
          const now = (await own.app.controls.state()).windows;
          return now.filter(({ visible }) => visible).length;
        }).toBe(0);
        expect(own.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
      }
      await own.app.controls.trayMenuClick(`Hang up: ${CUSTOMER.name}`);
      await soon(() => own.pbx.exchange.channels()).toEqual([]);
      expect(own.pbx.sessions()).toHaveLength(1);
    } finally {
      expect(await own.stop()).toBe(0);
    }
  });
});

/** The icon beside the clock: what it says follows the session and the calls, and its menu acts. */
import { basename } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { ANNA, CUSTOMER, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
});
afterAll(() => seat?.stop());

const tooltip = async () => (await seat.tray()).tooltip;
const icon = async () => basename((await seat.tray()).image);
const labels = async () => (await seat.tray()).menu.map(({ label }) => label).filter((label) => label !== '');
const LINE = `${ANNA.fullName} (${ANNA.extension})`;

describe('the tray icon', () => {
  it('says that nobody is signed in', async () => {
    await soon(tooltip).toBe('Tapline: not signed in');
    expect(await icon()).toBe('tray-offline-light.png');
    expect(await labels()).toEqual(['Diagnostics', 'Sign in…', 'Quit']);
  });

  it('says that the line is ready', async () => {
    await seat.signIn();
    await soon(tooltip).toBe(`Tapline – ${LINE}: ready`);
    expect(await icon()).toBe('tray-idle-light.png');
    expect(await labels()).toEqual([
      'Dial…',
      'Diagnostics',
      'Sign in to another account…',
      'Sign out',
      'Quit',
    ]);
  });

  it('has an icon for a dark taskbar', async () => {
    await seat.app.controls.theme(false, true);
    await soon(icon).toBe('tray-idle-dark.png');
    await seat.app.controls.theme(false, false);
    await soon(icon).toBe('tray-idle-light.png');
  });

  it('opens the flyout by a click and by Dial, and the diagnostics by their item', async () => {
    await seat.app.controls.clickElsewhere();
    await seat.app.controls.trayMenuClick('Dial…');
    await soon(() => seat.seen('flyout')).toBe(true);
    await (await seat.page('flyout')).getByLabel('Number', { exact: true }).waitFor();
    await seat.diagnostics();
    expect(await seat.window('diagnostics')).toMatchObject({ focused: true, inTaskbar: true });
  });
});

describe('the tray during calls', () => {
  beforeEach(async () => {
    seat.pbx.exchange.clear();
    await soon(icon).toBe('tray-idle-light.png');
  });

  it('rings, takes the call by its menu, and hangs it up there', async () => {
    await seat.ring();
    await soon(icon).toBe('tray-ringing-light.png');
    expect(await tooltip()).toBe(`Tapline – ${LINE}: ringing: ${CUSTOMER.name}`);
    expect((await labels()).slice(0, 2)).toEqual([`Answer: ${CUSTOMER.name}`, `Hang up: ${CUSTOMER.name}`]);
    await seat.app.controls.trayMenuClick(`Answer: ${CUSTOMER.name}`);
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
    await soon(icon).toBe('tray-inCall-light.png');
    expect(await tooltip()).toBe(`Tapline – ${LINE}: in a call: ${CUSTOMER.name}`);
    expect(await labels()).not.toContain(`Answer: ${CUSTOMER.name}`);
    await seat.app.controls.trayMenuClick(`Hang up: ${CUSTOMER.name}`);
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
    await soon(tooltip).toBe(`Tapline – ${LINE}: ready`);
  });

  it('shows the ampersand of a name as one', async () => {
    await seat.ring(SUPPLIER);
    // In a menu of Windows, && is what is read as &.
    await soon(labels).toContain(`Answer: ${SUPPLIER.name.replace('&', '&&')}`);
  });

  it('holds a tooltip that Windows can show, whatever the caller is called', async () => {
    await seat.ring({ number: CUSTOMER.number, name: `Zoë ${'Zimmer '.repeat(30)}` });
    await soon(icon).toBe('tray-ringing-light.png');
    expect((await tooltip()).length).toBeLessThanOrEqual(127);
  });
});

describe('the tray without a server', () => {
  it('says that there is no connection, and forgets it when there is one again', async () => {
    seat.pbx.exchange.clear();
    await soon(icon).toBe('tray-idle-light.png');
    seat.pbx.faults.goSilent('header');
    expect(seat.pbx.faults.cut(ANNA.name)).toBe(1);
    await soon(icon).toBe('tray-offline-light.png');
    await soon(labels).not.toContain('Dial…');
    seat.pbx.faults.clear();
    seat.pbx.faults.cut();
    await soon(tooltip).toBe(`Tapline – ${LINE}: ready`);
  });

  it('asks for somebody when the server is not the one that was trusted', async () => {
    seat.pbx.changeCertificate();
    seat.pbx.faults.cut(ANNA.name);
    await soon(icon).toBe('tray-attention-light.png');
    expect(await tooltip()).toContain('the sign-in needs you');
  });

  it('was without trouble', () => expect(seat.trouble()).toEqual([]));
});

/** The next start with an account that was kept. The vault is in memory here: the password is not. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { soon } from './support/condition.ts';
import { ANNA, BEN } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let pbx: Simulator;
let userData: string;
let seat: Seat;
beforeEach(async () => {
  pbx = await startSimulator({ users: [ANNA, BEN] });
  userData = mkdtempSync(join(tmpdir(), 'tapline-next-'));
  seat = await takeSeat({ at: pbx, userData });
});
afterEach(async () => {
  await seat?.stop();
  await pbx?.close();
  rmSync(userData, { recursive: true, force: true });
});
const restart = async () => {
  expect(await seat.stop()).toBe(0);
  seat = await takeSeat({ at: pbx, userData });
};

describe('the first start', () => {
  it('says that the password is kept only until the end, and keeps it in no file', async () => {
    await seat.app.happened('notification', ({ notification }) => /password store/.test(notification.body));
    const { notifications } = await seat.app.controls.state();
    expect(notifications.map(({ body }) => body)).toEqual([
      "The system's password store cannot be reached: Tapline keeps the password only until it is closed.",
    ]);
    await seat.signIn();
    for (const file of readdirSync(userData, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = readFileSync(join(file.parentPath, file.name), 'utf8');
      expect(text, file.name).not.toContain(ANNA.password);
      expect(text, file.name).not.toContain(JSON.stringify(ANNA.password).slice(1, -1));
      expect(text, file.name).not.toContain(Buffer.from(ANNA.password).toString('base64'));
    }
  });
});

describe('the next start', () => {
  it('knows the account, and says honestly that its password is missing', async () => {
    await seat.signIn();
    await restart();
    await soon(async () => (await seat.tray()).tooltip).toContain('the sign-in needs you');
    expect(pbx.sessions()).toEqual([]);
    const flyout = await seat.flyout();
    const note = flyout.locator('.note');
    await note.waitFor();
    // Nobody asked the server: it cannot have refused anything.
    expect(await note.textContent()).toMatch(/password/i);
    expect(await note.textContent()).not.toMatch(/wrong|refused|was tried/i);

    await flyout.getByRole('button', { name: 'Sign in again…' }).click();
    await soon(() => seat.seen('signIn')).toBe(true);
    const form = await seat.page('signIn');
    await soon(() => form.getByLabel('Server').inputValue()).toBe(`127.0.0.1:${pbx.port}`);
    expect(await form.getByLabel('User name').inputValue()).toBe(ANNA.name);
    const password = form.getByLabel('Password', { exact: true });
    await soon(() => password.evaluate((box) => box === document.activeElement)).toBe(true);
    await form.keyboard.type(ANNA.password);
    await form.keyboard.press('Enter');
    await soon(() => seat.seen('signIn'), 'the certificate was accepted before: nobody asks again').toBe(
      false,
    );
    await (await seat.flyout()).getByText('Connected, ready').waitFor();
  });

  it('knows nothing of an account that was signed out', async () => {
    await seat.signIn();
    expect(await seat.ask('popup', 'subscribe', {})).toMatchObject({ lines: [{ inService: true }] });
    await seat.flyout();
    const { accounts } = await seat.ask('flyout', 'subscribe', {});
    const account = accounts?.[0]?.key ?? '';
    expect(await seat.ask('flyout', 'signOut', { account })).toEqual({ ok: true });
    expect(readdirSync(userData, { recursive: true }).filter((name) => /account/.test(String(name)))).toEqual(
      [],
    );
    await restart();
    await soon(() => seat.seen('flyout')).toBe(true);
    await (await seat.page('flyout')).getByRole('button', { name: 'Sign in…' }).waitFor();
    expect((await seat.tray()).tooltip).toBe('Tapline: not signed in');
  });
});

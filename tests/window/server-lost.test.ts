/** The server goes and comes back: windows say so, recover by themselves, and no call is touched. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator } from '../../simulator/simulator.ts';
import { soon } from './support/condition.ts';
import { ANNA, BEN, CUSTOMER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeEach(async () => {
  seat = await takeSeat();
  await seat.signIn();
});
afterEach(() => seat?.stop());

/** The server cannot be used from here on; its calls go on. */
function cut(): void {
  seat.pbx.faults.goSilent('header');
  seat.pbx.faults.cut();
}
function back(): void {
  seat.pbx.faults.clear();
  // What fell silent before it was online stays so.
  seat.pbx.faults.cut();
}

describe('a server that is cut off', () => {
  it('is told in the flyout, which recovers by itself and dials again', async () => {
    const flyout = await seat.flyout();
    await flyout.getByText('Connected, ready').waitFor();
    cut();
    await flyout.getByText('The connection to the server was lost.').waitFor();
    await flyout
      .getByText('You can dial as soon as Tapline is connected.')
      .or(flyout.getByText('This line cannot dial now.'))
      .waitFor();
    expect(
      await flyout.getByRole('button', { name: 'Dial', exact: true }).getAttribute('aria-disabled'),
    ).toBe('true');
    back();
    await flyout.getByText('Connected, ready').waitFor();
    expect(await flyout.getByText('The connection to the server was lost.').count()).toBe(0);
    await flyout.getByLabel('Number', { exact: true }).fill(BEN.extension);
    await flyout.getByRole('button', { name: 'Dial', exact: true }).click();
    await soon(() => seat.channels().map(({ peer }) => peer.number)).toEqual([BEN.extension]);
    expect(seat.pbx.sessions()).toHaveLength(1);
  });

  it('leaves the call that is up alone, and it can be hung up when the server is back', async () => {
    const channel = await seat.talk();
    const flyout = await seat.flyout();
    await flyout.getByRole('button', { name: 'Hang up' }).waitFor();
    cut();
    await flyout.getByText('The connection to the server was lost.').waitFor();
    expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
    back();
    await flyout.getByText('Connected, ready').waitFor();
    expect(seat.channels()).toMatchObject([{ id: channel, state: 'talking' }]);
    await flyout.getByRole('button', { name: 'Hang up' }).click();
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
    await flyout.getByRole('listitem').waitFor({ state: 'detached' });
  });

  it('lets a call ring that cannot be answered: the popup says why, and answers when the server is back', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Answer' }).waitFor();
    cut();
    await soon(async () =>
      (await seat.ask('popup', 'subscribe', {})).lines?.some(({ inService }) => inService),
    ).toBe(false);
    await popup.getByRole('button', { name: 'Answer' }).click();
    await popup.getByRole('alert').getByText('The phone system is not connected.').waitFor();
    expect(seat.channels()).toMatchObject([{ state: 'ringing' }]);
    back();
    await soon(async () =>
      (await seat.ask('popup', 'subscribe', {})).lines?.some(({ inService }) => inService),
    ).toBe(true);
    expect(seat.channels()).toMatchObject([{ state: 'ringing' }]);
    await popup.getByRole('button', { name: 'Answer' }).click();
    await soon(() => seat.channels().map(({ state }) => state)).toEqual(['talking']);
  });
});

describe('a server that is switched off', () => {
  it('is told with its reason, tried again by hand, and found when it is there again', async () => {
    const { port, certificate } = seat.pbx;
    const flyout = await seat.flyout();
    await seat.pbx.close();
    await flyout.getByText('No connection, trying again').waitFor();
    await flyout.getByText('The server cannot be reached.').waitFor();
    const users = [ANNA, BEN];
    const again = await startSimulator({ users, port, certificate });
    try {
      // By itself it may take up to half a minute: the person does not wait.
      await soon(async () => {
        const button = flyout.getByRole('button', { name: 'Try now' });
        if (await button.isVisible()) await button.click({ timeout: 500 }).catch(() => undefined);
        return flyout.getByText('Connected, ready').isVisible();
      }).toBe(true);
      again.exchange.outside.call(CUSTOMER.number, CUSTOMER.name, ANNA.extension);
      await soon(() => seat.seen('popup')).toBe(true);
      await (await seat.page('popup')).getByRole('button', { name: 'Answer' }).click();
      await soon(() => again.exchange.channels(ANNA.name).map(({ state }) => state)).toEqual(['talking']);
    } finally {
      await again.close();
    }
  });

  it('that shows another certificate afterwards gets no password, and the form asks', async () => {
    const { port, fingerprint: before } = seat.pbx;
    const flyout = await seat.flyout();
    await seat.pbx.close();
    const other = await startSimulator({ users: [ANNA, BEN], port });
    try {
      await flyout.getByText('The server shows another certificate than before.').waitFor();
      expect(other.sessions()).toEqual([]);
      await flyout.getByRole('button', { name: 'Check the certificate…' }).click();
      await soon(() => seat.seen('signIn')).toBe(true);
      const form = await seat.page('signIn');
      await form.locator('.certificate').waitFor();
      expect(
        (await form.locator('dd').allTextContents()).slice(0, 2),
        'the new one, and the one of before',
      ).toEqual([other.fingerprint, before]);
      await form.getByRole('button', { name: 'Ask first' }).click();
      await soon(() => seat.seen('signIn')).toBe(false);
      expect(other.sessions()).toEqual([]);

      await (await seat.flyout()).getByRole('button', { name: 'Check the certificate…' }).click();
      await soon(() => seat.seen('signIn')).toBe(true);
      const again = await seat.page('signIn');
      await again.getByRole('button', { name: 'Trust the new certificate' }).click();
      await soon(() => seat.seen('signIn'), 'nobody is asked for a password').toBe(false);
      await soon(() => other.sessions().length).toBe(1);
      await (await seat.flyout()).getByText('Connected, ready').waitFor();
    } finally {
      await other.close();
    }
  });
});

/** What a person does with calls by mouse alone: every step is a click on what is in sight. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { ANNA, BEN, CUSTOMER, SUPPLIER } from './support/people.ts';
import { type Seat, takeSeat } from './support/seat.ts';

let seat: Seat;
beforeAll(async () => {
  seat = await takeSeat();
  await seat.signIn();
});
afterAll(() => seat?.stop());
beforeEach(async () => {
  seat.pbx.exchange.clear();
  await soon(() => seat.seen('popup')).toBe(false);
});

const states = () => seat.channels().map(({ state }) => state);

describe('by mouse alone', () => {
  it('a call is taken in the popup and hung up in the flyout', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Answer' }).click();
    await soon(states).toEqual(['talking']);
    const flyout = await seat.flyout();
    await flyout.getByRole('timer').waitFor();
    await flyout.getByRole('button', { name: 'Hang up' }).click();
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
    await flyout.getByRole('listitem').waitFor({ state: 'detached' });
  });

  it('a call is declined in the popup, and its caller is released', async () => {
    const popup = await seat.ring();
    await popup.getByRole('button', { name: 'Decline' }).click();
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('a call is taken, held and resumed in the flyout', async () => {
    const flyout = await seat.flyout();
    await seat.ring();
    const call = flyout.getByRole('listitem').filter({ hasText: CUSTOMER.name });
    await call.getByRole('button', { name: 'Answer' }).click();
    await soon(states).toEqual(['talking']);
    await call.getByRole('button', { name: 'Hold' }).click();
    await soon(states).toEqual(['held']);
    await call.getByText('On hold').waitFor();
    expect(await call.getByRole('button').allTextContents()).toEqual(['Resume', 'Hang up']);
    await call.getByRole('button', { name: 'Resume' }).click();
    await soon(states).toEqual(['talking']);
    await call.getByRole('button', { name: 'Hold' }).waitFor();
    expect(await call.getByRole('button').allTextContents()).toEqual(['Hold', 'Hang up']);
  });

  it('a number that a link gave is dialled, and hung up while it rings there', async () => {
    await seat.app.controls.secondInstance('Tapline.exe', `tel:${SUPPLIER.number}`);
    const flyout = await seat.flyout();
    const box = flyout.getByLabel('Number', { exact: true });
    await soon(() => box.inputValue()).toBe(SUPPLIER.number);
    await flyout.getByRole('button', { name: 'Dial', exact: true }).click();
    await soon(states).toEqual(['ringing']);
    expect(seat.channels()[0]).toMatchObject({ outbound: true, peer: { number: SUPPLIER.number } });
    await flyout.getByText('Rings there').waitFor();
    await flyout.getByRole('button', { name: 'Hang up' }).click();
    await soon(() => seat.pbx.exchange.channels()).toEqual([]);
  });

  it('a number is dialled, the far end answers, and hangs up', async () => {
    const { exchange } = seat.pbx;
    const flyout = await seat.flyout();
    await flyout.getByLabel('Number', { exact: true }).fill(BEN.extension);
    await flyout.getByRole('button', { name: 'Dial', exact: true }).click();
    await soon(() => exchange.channels(BEN.name).map(({ state }) => state)).toEqual(['ringing']);
    exchange.answer(BEN.name);
    const call = flyout.getByRole('listitem').filter({ hasText: BEN.fullName });
    await call.getByRole('timer').waitFor();
    const [channel] = exchange.channels(BEN.name);
    exchange.hangUp(channel?.id ?? '');
    await call.waitFor({ state: 'detached' });
    expect(await flyout.getByLabel('Number', { exact: true }).inputValue()).toBe('');
  });

  it('a call that rings at a colleague’s phone is picked up', async () => {
    const { exchange } = seat.pbx;
    exchange.outside.call(CUSTOMER.number, CUSTOMER.name, BEN.extension);
    const flyout = await seat.flyout();
    const offer = flyout.getByRole('listitem').filter({ hasText: `(${BEN.extension})` });
    expect(await offer.textContent()).toContain(CUSTOMER.name);
    await offer.getByRole('button', { name: 'Pick up' }).click();
    await soon(states).toEqual(['talking']);
    expect(exchange.channels(BEN.name)).toEqual([]);
    await offer.waitFor({ state: 'detached' });
    await flyout.getByRole('button', { name: 'Hang up' }).click();
    await soon(() => exchange.channels()).toEqual([]);
  });

  it('an offer that somebody else took is gone', async () => {
    const { exchange } = seat.pbx;
    exchange.outside.call(CUSTOMER.number, CUSTOMER.name, BEN.extension);
    const flyout = await seat.flyout();
    const button = flyout.getByRole('button', { name: 'Pick up' });
    await button.waitFor();
    exchange.answer(BEN.name);
    await button.waitFor({ state: 'detached' });
  });

  it('the right one of two calls is declined, and the other one answered', async () => {
    await seat.ring();
    const popup = await seat.ring(SUPPLIER);
    const of = (name: string) => popup.getByRole('region', { name });
    const now = () => seat.channels().map(({ peer, state }) => [peer.name, state]);
    await of(SUPPLIER.name).getByRole('button', { name: 'Decline' }).click();
    await soon(now).toEqual([[CUSTOMER.name, 'ringing']]);
    expect(await seat.seen('popup'), 'the other one still rings').toBe(true);
    await of(CUSTOMER.name).getByRole('button', { name: 'Answer' }).click();
    await soon(now).toEqual([[CUSTOMER.name, 'talking']]);
    await soon(() => seat.seen('popup')).toBe(false);
  });

  it('was without trouble', () => {
    expect(seat.trouble()).toEqual([]);
    expect(seat.pbx.sessions().map(({ user }) => user)).toEqual([ANNA.name]);
  });
});

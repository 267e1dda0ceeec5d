/** The popup: it comes with a call, without the focus, and goes with it. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { soon } from './support/condition.ts';
import { ANNA, CUSTOMER, SUPPLIER } from './support/people.ts';
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

/** What the popup's window has done since a moment, in order. */
async function doneSince(from: number): Promise<readonly string[]> {
  const id = (await seat.window('popup'))?.id;
  return seat.app.log.entries
    .slice(from)
    .flatMap((entry) => (entry.what === 'window' && entry.window === id ? [entry.did] : []));
}
const now = () => seat.app.log.entries.length;

it('is shown without taking the focus from the window that has it', async () => {
  await seat.diagnostics();
  const from = now();
  await seat.ring();
  expect(await seat.window('popup')).toMatchObject({
    visible: true,
    focused: false,
    alwaysOnTop: true,
    inTaskbar: false,
  });
  expect(await seat.window('diagnostics')).toMatchObject({ focused: true });
  const done = await doneSince(from);
  expect(done).toContain('shownInactive');
  expect(done).not.toContain('shown');
  expect(done).not.toContain('focused');
});

it('takes no focus from the flyout either, which stays open and is not covered', async () => {
  await seat.flyout();
  await seat.ring();
  const flyout = await seat.window('flyout');
  expect(flyout).toMatchObject({ visible: true, focused: true });
  const clear = async () => {
    const [one, other] = [(await seat.window('flyout'))?.bounds, (await seat.window('popup'))?.bounds];
    if (!one || !other) return false;
    return (
      one.x + one.width <= other.x ||
      other.x + other.width <= one.x ||
      one.y + one.height <= other.y ||
      other.y + other.height <= one.y
    );
  };
  await soon(clear).toBe(true);
});

it('says who calls', async () => {
  const popup = await seat.ring();
  await popup.getByRole('heading', { name: CUSTOMER.name }).waitFor();
  await popup.getByText(CUSTOMER.number).waitFor();
  await popup.getByText(`Line ${ANNA.fullName} (${ANNA.extension})`).waitFor();
  expect(await popup.getByRole('button').allTextContents()).toEqual(['Answer', 'Decline']);
  expect(await popup.getByRole('alert').textContent()).toContain(`Incoming call from ${CUSTOMER.name}.`);
});

it('says what is known of somebody who hides', async () => {
  const popup = await seat.ring({ number: '', name: '' });
  expect(await popup.getByRole('heading').textContent()).toMatch(/^(Number withheld|Unknown number)$/);
});

it.each([
  '<img src=x onerror="document.title=1">',
  '"><script>document.title=1</script>',
  '{{7*7}} $\u{7b}7*7} %s %n',
  '\u202Egnissel\u202C & <b>Söhne</b>',
])('shows the name %s as text', async (name) => {
  const popup = await seat.ring({ number: CUSTOMER.number, name });
  await popup.getByText(CUSTOMER.number).waitFor();
  expect(await popup.getByRole('heading').innerText()).toBe(name);
  expect(await popup.title()).toBe('Call');
});

it('goes when the caller gives up', async () => {
  await seat.ring();
  seat.pbx.exchange.outside.hangUp(CUSTOMER.number);
  await soon(() => seat.seen('popup')).toBe(false);
});

it('goes when the handset is lifted', async () => {
  await seat.ring();
  seat.pbx.exchange.answer(ANNA.name);
  await soon(() => seat.seen('popup')).toBe(false);
  expect(seat.channels()[0]?.state).toBe('talking');
});

it('comes again for the next call, with nothing of the last one', async () => {
  await seat.ring();
  seat.pbx.exchange.outside.hangUp(CUSTOMER.number);
  await soon(() => seat.seen('popup')).toBe(false);
  const popup = await seat.ring(SUPPLIER);
  await popup.getByRole('heading', { name: SUPPLIER.name }).waitFor();
  await soon(() => popup.getByText(CUSTOMER.name).count()).toBe(0);
});

it('is as high as its content, and stays in the corner of the screen', async () => {
  // The flyout would have it give way.
  await seat.app.controls.clickElsewhere();
  await seat.ring();
  const one = (await seat.window('popup'))?.bounds;
  const popup = await seat.ring(SUPPLIER);
  const fits = () =>
    popup.evaluate(() => document.documentElement.scrollHeight <= document.documentElement.clientHeight);
  await soon(fits).toBe(true);
  const two = (await seat.window('popup'))?.bounds;
  expect(two?.height).toBeGreaterThan(one?.height ?? 0);
  expect((two?.y ?? 0) + (two?.height ?? 0)).toBe((one?.y ?? 0) + (one?.height ?? 0));
});

it('cannot be opened when nothing rings', async () => {
  await seat.flyout();
  expect(await seat.ask('flyout', 'openWindow', { kind: 'popup' })).toMatchObject({ ok: false });
  expect(await seat.seen('popup')).toBe(false);
});

it('was without trouble', () => expect(seat.trouble()).toEqual([]));

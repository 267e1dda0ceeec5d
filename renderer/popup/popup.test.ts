import { expect, it } from 'vitest';
import { line, otherLine, party, problem, ringing, slices, talking, withheld } from '../testing/samples.ts';
import type { Act } from '../testing/stage.ts';
import { button, withPage } from '../testing/theatre.ts';

const popup = withPage('popup');
const calls = (act: Act, name: 'answer' | 'drop') =>
  act.sent(name).then((sent) => sent.map(({ args }) => (args as { call: number }).call));

it('gives a long name of a line one row, and all of it to whoever points at it', () => {
  const name = `Rechtsanwaltskanzlei ${'Donaudampfschifffahrt '.repeat(8)}(831)`;
  return popup({ slices: slices({ lines: [{ ...line, name }], calls: [ringing] }) }, async (act) => {
    const shown = act.page.getByTitle(name, { exact: true });
    const { height, width } = (await shown.boundingBox()) ?? { height: 99, width: 999 };
    expect(height).toBeLessThan(20);
    expect(width).toBeLessThan(340);
  });
});

it('tells who calls, on which line, and leaves the focus alone', () =>
  popup({ slices: slices() }, async (act) => {
    await act.patch('calls', [ringing]);
    await act.page.getByRole('heading', { name: 'Megan Hale' }).waitFor();
    await act.page.getByText('+49 991 29691-13').waitFor();
    await act.page.getByText(`Line ${line.name}`).waitFor();
    expect(await act.page.getByRole('alert').textContent()).toBe('Incoming call from Megan Hale.');
    expect(await act.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  }));

it('tells a withheld and an unknown number from each other, and whom a call was meant for', () =>
  popup({ slices: slices({ calls: [withheld, { ...ringing, id: 9, caller: party('') }] }) }, async (act) => {
    expect(await act.page.getByRole('heading').allTextContents()).toEqual([
      'Number withheld',
      'Unknown number',
    ]);
    await act.page.getByText('for Vertrieb').waitFor();
    expect(await act.page.getByText('for Jan Lorenz').count()).toBe(0);
  }));

it('answers and hangs up by mouse', () =>
  popup({ slices: slices({ calls: [ringing] }) }, async (act) => {
    await button(act, 'Answer').click();
    expect(await calls(act, 'answer')).toEqual([ringing.id]);
    await act.patch('calls', [{ ...ringing, state: 'connected', since: Date.now(), verbs: ['drop'] }]);
    await act.page.getByRole('timer').waitFor();
    await button(act, 'Hang up').click();
    expect(await calls(act, 'drop')).toEqual([ringing.id]);
  }));

it('takes a double click for one, and hangs up nothing where somebody has just answered', () =>
  popup({ slices: slices({ calls: [ringing] }) }, async (act) => {
    const pressed = await button(act, 'Answer').boundingBox();
    await button(act, 'Answer').dblclick();
    expect(await calls(act, 'answer')).toEqual([ringing.id]);
    const before = await button(act, 'Decline').boundingBox();
    await act.patch('calls', [{ ...ringing, state: 'connected', verbs: ['drop'] }]);
    const { x, width } = (await button(act, 'Hang up').boundingBox()) ?? { x: 0, width: 0 };
    expect({ x, width }).toEqual({ x: before?.x, width: before?.width });
    expect(x).toBeGreaterThan((pressed?.x ?? 0) + (pressed?.width ?? 0));
    expect(await calls(act, 'drop')).toEqual([]);
  }));

it('answers with F8 and hangs up with F9, only what the verbs allow', () =>
  popup({ slices: slices({ calls: [{ ...ringing, verbs: [] }] }) }, async (act) => {
    await act.page.keyboard.press('F8');
    await act.page.keyboard.press('F9');
    expect(await calls(act, 'answer')).toEqual([]);
    await act.patch('calls', [ringing]);
    await act.page.keyboard.press('F8');
    await act.page.keyboard.press('F9');
    expect(await calls(act, 'answer')).toEqual([ringing.id]);
    expect(await calls(act, 'drop')).toEqual([ringing.id]);
  }));

it('gives the keys to the ringing call, or to the one that has the focus', () =>
  popup({ slices: slices({ calls: [talking, ringing, withheld] }) }, async (act) => {
    await act.page.keyboard.press('F8');
    expect(await calls(act, 'answer')).toEqual([ringing.id]);
    await button(act, 'Decline').last().focus();
    await act.page.keyboard.press('F9');
    expect(await calls(act, 'drop')).toEqual([withheld.id]);
    expect(await button(act, 'Decline').last().getAttribute('aria-keyshortcuts')).toBe('F9');
    expect(await button(act, 'Hang up').getAttribute('aria-keyshortcuts')).toBeNull();
  }));

it('keeps the calls in their places when one is answered', () =>
  popup({ slices: slices({ lines: [line, otherLine], calls: [ringing, withheld] }) }, async (act) => {
    const names = () => act.page.getByRole('heading').allTextContents();
    const before = await names();
    await act.patch('calls', [{ ...ringing, state: 'connected', verbs: ['drop'] }, withheld]);
    expect(await names()).toEqual(before);
  }));

it('tells a refusal', () =>
  popup(
    { slices: slices({ calls: [ringing] }), results: { answer: { ok: false, problem } } },
    async (act) => {
      await button(act, 'Answer').click();
      await act.page.getByText(problem.what).waitFor();
    },
  ));

it('does not close by Esc while it rings', () =>
  popup({ slices: slices({ calls: [ringing] }) }, async (act) => {
    await act.page.keyboard.press('Escape');
    expect(await act.sent('closeWindow')).toEqual([]);
    await act.patch('calls', [{ ...ringing, state: 'disconnected', verbs: [] }]);
    await act.page.keyboard.press('Escape');
    expect(await act.sent('closeWindow')).toHaveLength(1);
  }));

it('is as high as its calls', () =>
  popup({ slices: slices({ calls: [ringing] }) }, async (act) => {
    const last = async () => ((await act.sent('fitHeight')).at(-1)?.args as { height: number })?.height ?? 0;
    await expect.poll(last).toBeGreaterThan(100);
    const one = await last();
    await act.patch('calls', [ringing, withheld]);
    await expect.poll(last).toBeGreaterThan(one + 80);
  }));

it('can be worked by keyboard alone', () =>
  popup({ slices: slices({ calls: [ringing] }) }, async (act) => {
    await act.page.keyboard.press('Tab');
    await act.page.keyboard.press('Enter');
    await act.page.keyboard.press('Tab');
    await act.page.keyboard.press('Enter');
    expect(await calls(act, 'answer')).toEqual([ringing.id]);
    expect(await calls(act, 'drop')).toEqual([ringing.id]);
  }));

import { expect, it } from 'vitest';
import { ANNA, BEN, Rig } from '../../tools/rig/rig.ts';
import { attendedTransfer } from '../scenarios/attended-transfer.ts';

it('asks a colleague at an Asterisk, then transfers, as at a real one', async () => {
  const rig = await Rig.start('native', 'asterisk');
  await rig.startCompanion();
  await rig.signIn();
  const host = await rig.startHost();
  await rig.openLine();
  const { exchange } = rig.pbx;
  const states = () => exchange.channels().map(({ user, state }) => `${user ?? 'customer'} ${state}`);
  await attendedTransfer(host, {
    colleague: BEN.extension,
    async customerCalls() {
      expect(exchange.outside.call('0891234567', 'Zoë', ANNA.extension).ok).toBe(true);
      await host.state('OFFERING', 0);
      expect(exchange.answer(ANNA.name).ok).toBe(true);
    },
    async colleagueAnswers() {
      await expect.poll(states, { timeout: 10_000 }).toContain('ben ringing');
      expect(exchange.answer(BEN.name).ok).toBe(true);
    },
    joined: () => expect.poll(states, { timeout: 10_000 }).toEqual(['customer talking', 'ben talking']),
  });
  expect(await rig.stop()).toBe(0);
});

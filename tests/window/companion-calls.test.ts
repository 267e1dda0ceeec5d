/** The calls of the main process's companion, and its demo: no window, and a real session to the embedded PBX. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ANNA, BEN } from './support/people.ts';
import { credentials, folder, online, pbx, service, until, withService } from './support/service.ts';

withService();

const users = () => service.slices().accounts.map(({ user }) => user);

describe('calls', () => {
  it('come with their verbs, are answered and dropped, and leave a ladder', async () => {
    await service.signIn(credentials());
    await online();
    pbx.exchange.outside.call('0891234567', 'Zoë Zimmer', ANNA.extension);
    const { calls } = await until((now) => now.calls.length === 1);
    const [call] = calls;
    expect(call).toMatchObject({
      state: 'offering',
      verbs: ['answer', 'drop'],
      caller: { name: 'Zoë Zimmer' },
    });
    const id = call?.id ?? 0;
    expect(await service.answer({ call: id })).toEqual({ ok: true });
    const { calls: talking } = await until((now) => now.calls[0]?.state === 'connected');
    expect(talking[0]?.verbs).toEqual(['hold', 'drop']);
    expect(await service.hold({ call: id })).toEqual({ ok: true });
    const { calls: held } = await until((now) => now.calls[0]?.state === 'onHold');
    expect(held[0]?.verbs).toEqual(['unhold', 'drop']);
    expect(await service.unhold({ call: id })).toEqual({ ok: true });
    expect(await service.drop({ call: id })).toEqual({ ok: true });
    await until((now) => now.calls.length === 0);
    const ladder = service.ladder(id);
    expect(ladder.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['OFFERING active', 'answer', 'phone.Offhook', 'CONNECTED active']),
    );
    expect(JSON.stringify(ladder)).not.toContain('0891234567');
  });

  it('that cannot be made are refused with a sentence', async () => {
    await service.signIn(credentials());
    const { lines } = await online();
    const line = lines[0]?.key ?? '';
    const what = async (asked: Promise<{ ok: boolean }>) =>
      ((await asked) as { problem?: { what: string } }).problem?.what;
    expect(await what(service.dial({ line, target: '---' }))).toBe('This number cannot be dialled.');
    expect(await what(service.dial({ line: 'nobody', target: '341' }))).toBe('This line is no longer there.');
    expect(await what(service.answer({ call: 4_711 }))).toBe('The call is no longer there.');
  });

  it('of a colleague are offered until they are over', async () => {
    await service.signIn(credentials());
    const { lines } = await online();
    const line = lines[0]?.key ?? '';
    pbx.exchange.outside.call('0891234567', 'Zoë Zimmer', BEN.extension);
    const { offers } = await until((now) => now.offers.length === 1);
    expect(offers[0]).toMatchObject({ line, target: BEN.extension, caller: { name: 'Zoë Zimmer' } });
    expect(await service.pickup({ line, target: BEN.extension })).toEqual({ ok: true });
    await until((now) => now.calls[0]?.state === 'connected' && now.offers.length === 0);
  });
});

describe('the demo', () => {
  it('signs in to a PBX of its own, beside settings that are kept, and ends with all of it', async () => {
    expect(await service.tryDemo()).toEqual({ ok: true });
    const { accounts, lines } = await online();
    expect(accounts).toMatchObject([{ demo: true, user: 'alex' }]);
    expect(lines[0]?.name).toBe('Alex Winter (340)');
    expect(await service.tryDemo()).toMatchObject({ ok: false, problem: { todo: 'Sign out first.' } });
    expect(await service.dial({ line: lines[0]?.key ?? '', target: '341' })).toEqual({ ok: true });
    await until((now) => now.calls[0]?.state === 'ringback');
    expect(await service.signOut({ account: accounts[0]?.key ?? '' })).toEqual({ ok: true });
    expect(service.slices()).toMatchObject({ accounts: [], lines: [], calls: [] });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives way to whoever signs in', async () => {
    await service.tryDemo();
    await online();
    expect(await service.signIn(credentials())).toEqual({ ok: true });
    await online();
    expect(users()).toEqual([ANNA.name]);
    expect(service.slices().lines.map(({ name }) => name)).toEqual(['Anna Müller (340)']);
  });
});

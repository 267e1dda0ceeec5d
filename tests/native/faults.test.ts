import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { ANNA, Rig } from '../../tools/rig/rig.ts';
import { companionKilled } from '../scenarios/companion-killed.ts';

it('ends the call and takes the line out of service when the companion is killed', () =>
  companionKilled('native'));

it('closes the link of a stranger who sends garbage, and no call is touched', async () => {
  const rig = await Rig.start('native');
  const companion = await rig.startCompanion();
  await rig.signIn();
  const host = await rig.startHost();
  await rig.openLine();
  rig.pbx.exchange.outside.call('0891234567', 'Zoë', ANNA.extension);
  await host.state('OFFERING', 0);

  const stranger = connect(rig.socket);
  stranger.on('error', () => undefined);
  stranger.end(Buffer.from('GET / HTTP/1.1\r\nHost: tapline\r\n\r\n'));
  await companion.control.report('trace', ({ entry }) => entry.label.startsWith('shim gone'), 5_000);

  rig.pbx.exchange.answer(ANNA.name);
  await host.state('CONNECTED', 0);
  await host.command('drop 1 last');
  await host.state('IDLE', 0);
  expect(await rig.stop()).toBe(0);
});

it('says that the password is wrong after one attempt, and dials nothing', async () => {
  const rig = await Rig.start('native');
  const companion = await rig.startCompanion();
  await expect(rig.signIn('wrong')).rejects.toThrow('wrongPassword');
  const failed = await companion.control.report(
    'session',
    ({ session }) => session.state === 'failed',
    5_000,
  );
  expect(failed.session).toMatchObject({ problem: { code: 'wrongPassword' } });
  const attempts = companion.control.log.entries.filter(
    (report) =>
      report.event === 'trace' && report.entry.direction === 'out' && report.entry.label.startsWith('auth'),
  );
  expect(attempts).toHaveLength(1);
  expect(rig.pbx.sessions()).toEqual([]);
  await rig.stop();
});

import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { test } from './scene.ts';
import { CONNECTED } from './tapi-values.ts';

describe('lines', () => {
  test('show their properties', async ({ scene }) => {
    const { host } = scene;
    await scene.openLine();
    expect(await host.run('devcaps first')).toMatchObject({
      permanentLineId: 831,
      lineName: 'Jan Lörenz 😀 (831)',
      switchInfo: 'Test exchange',
      maxActiveCalls: 2,
      lineFeatures: '0x8',
    });
    expect(await host.run('addresscaps')).toMatchObject({ address: '831', callFeatures: '0x2084' });
    await scene.expectCleanEnd();
  });

  test('that go away end their calls and are removed', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    companion.say({ kind: 'lineGone', line: 831 });
    await host.state('IDLE');
    await host.next('lineRemove', { device: 100 });
    expect(host.statesOf('c1')).toEqual(['CONNECTED', 'DISCONNECTED', 'IDLE']);
    await scene.expectCleanEnd();
  });

  test('go out of service and back when the PBX says so', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(lineOf(831, { inService: false, lineFeatures: 0, addressFeatures: 0 }));
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x80 });
    expect(await host.run('addressstatus')).toMatchObject({ addressFeatures: '0x0' });
    companion.say(lineOf(831));
    await host.next('event', { message: 'LINE_LINEDEVSTATE', p1: 0x40 });
    expect(await host.run('addressstatus')).toMatchObject({ addressFeatures: '0x406' });
    await scene.expectCleanEnd();
  });

  test('refuse a new call at their limit', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    companion.say(callOf(2, CONNECTED, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    expect(await host.run('makecall 71 832')).toMatchObject({ result: '0x80000005' });
    expect(await host.run('pickup 72 833')).toMatchObject({ result: '0x80000005' });
    expect(await host.run('addressstatus')).toMatchObject({ addressFeatures: '0x0' });
    expect(await host.run('linestatus')).toMatchObject({ lineFeatures: '0x0' });
    await scene.expectCleanEnd();
  });
});

import { describe, expect } from 'vitest';
import { callOf, lineOf } from './fake-companion.ts';
import { test } from './scene.ts';
import { CONNECTED, EVERYTHING, IDLE, OFFERING, OPERATIONUNAVAIL } from './tapi-values.ts';

describe('a companion of protocol 1', () => {
  test('is spoken to in its words', async ({ bareScene: scene }) => {
    const { companion } = scene;
    companion.protocol = 1;
    await companion.listen(scene.socket);
    const host = scene.startHost();
    expect((await companion.next('hello')).message).toMatchObject({ protocolMin: 1, protocolMax: 2 });
    await scene.openLine();
    companion.say(callOf(1, OFFERING, { mode: 1, features: 0x84 }));
    await host.state('OFFERING');
    await host.run('answer 11 last');
    companion.answer((await companion.next('command')).request);
    await host.next('completion', { request: 11, result: '0x0' });
    companion.say(callOf(1, CONNECTED, { mode: 1 }));
    await host.state('CONNECTED');
    expect(await host.run('hold 12 last')).toMatchObject({ result: OPERATIONUNAVAIL });
    companion.say(callOf(1, IDLE));
    await host.state('IDLE');
    await scene.makeCall(13, 2);
    expect(companion.connections).toBe(1);
    await scene.expectCleanEnd();
  });

  test('is never asked what it does not know, whatever it seems to offer', async ({ bareScene: scene }) => {
    const { companion } = scene;
    companion.protocol = 1;
    companion.snapshot = [lineOf(831, { callFeatures: EVERYTHING, addressFeatures: 0x606 })];
    await companion.listen(scene.socket);
    const host = scene.startHost();
    await scene.openLine();
    companion.say(callOf(1, CONNECTED, { mode: 1, features: EVERYTHING }));
    await host.state('CONNECTED');
    for (const command of ['hold 1 c1', 'setuptransfer 2 c1', 'redirect 3 c1 840', 'pickupgroup 4 own'])
      expect(await host.run(command)).toMatchObject({ result: OPERATIONUNAVAIL });
    expect(await host.run('digits c1 5 2 1')).toMatchObject({ result: OPERATIONUNAVAIL });
    expect(companion.connections).toBe(1);
    await scene.expectCleanEnd();
  });

  test('that takes over keeps nothing waiting that it cannot do', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine({ callFeatures: EVERYTHING });
    companion.say(callOf(1, CONNECTED, { mode: 1, features: EVERYTHING }));
    await host.state('CONNECTED');
    companion.snapshot = [lineOf(831, { callFeatures: EVERYTHING }), callOf(1, CONNECTED, { mode: 1 })];
    await companion.die();
    await host.linkClosed();
    await host.run('hold 21 c1');
    companion.protocol = 1;
    await companion.listen(scene.socket);
    await host.next('completion', { request: 21, result: OPERATIONUNAVAIL });
    await scene.expectCleanEnd();
  });

  test.for([0, 3])('of protocol %i is none', async (protocol, { bareScene: scene }) => {
    const { companion } = scene;
    companion.protocol = protocol;
    await companion.listen(scene.socket);
    scene.startHost();
    await companion.next('hello');
    companion.protocol = 2;
    await companion.next('hello');
    await scene.openLine();
    await scene.expectCleanEnd();
  });
});

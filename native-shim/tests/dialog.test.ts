import { describe, expect } from 'vitest';
import { callOf } from './fake-companion.ts';
import { test } from './scene.ts';
import { CONNECTED } from './tapi-values.ts';

describe('a dialog', () => {
  test('is told of the link, the lines and their use', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    expect(await host.run('dialog show')).toMatchObject({
      result: '0x0',
      linked: true,
      tracing: false,
      lines: 1,
      rows: 'Jan Lörenz 😀 (831) in service, open; ',
    });
    await companion.die();
    await host.linkClosed();
    await expect.poll(async () => (await host.run('dialog show'))['linked']).toBe(false);
    await scene.expectCleanEnd();
  });

  test('switches the trace, which goes to the companion without a number or a name', async ({ scene }) => {
    const { companion, host } = scene;
    await scene.openLine();
    expect(await host.run('dialog starttrace')).toMatchObject({ tracing: true });
    expect((await companion.next('trace')).message.line).toMatch(/^trace: switched on/);
    companion.say(callOf(1, CONNECTED, { mode: 1, caller: { flags: 0xc, number: '+4930123', name: 'Zoë' } }));
    await host.state('CONNECTED');
    companion.say(callOf(99, CONNECTED, { line: 5000 }));
    expect((await companion.next('trace')).message.line).toBe('call 99: state 0x100 ignored');
    const told = companion.received.all.flatMap(({ message }) =>
      message.kind === 'trace' ? [message.line] : [],
    );
    expect(told.join('\n')).not.toMatch(/4930123|Zoë|Lörenz/);
    expect(await host.run('dialog stoptrace')).toMatchObject({ tracing: false });
    companion.say(callOf(98, CONNECTED, { line: 5000 }));
    companion.say(callOf(2, CONNECTED, { mode: 1 }));
    await host.next('event', { message: 'LINE_CALLSTATE', name: 'c2' });
    await scene.expectCleanEnd();
    const after = companion.received.all.filter(({ message }) => message.kind === 'trace');
    expect(after).toHaveLength(told.length);
  });
});

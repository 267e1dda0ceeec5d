import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Control, connectControl } from './control.ts';
import { type ControlRequest, MAX_CONTROL_LINE } from './control-messages.ts';

let server: Server;
let owner: Socket;
let control: Control;
let requests: ControlRequest[];
/** How often the owner was said to be gone; a new count for each test. */
let gone: { times: number };
/** What the owner has read. */
let heard: string;

const port = (): number => (server.address() as AddressInfo).port;

beforeEach(async () => {
  requests = [];
  const count = { times: 0 };
  gone = count;
  heard = '';
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  control = await connectControl(
    port(),
    (request) => void requests.push(request),
    () => {
      count.times += 1;
    },
  );
  [owner] = await accepted;
  owner.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
});

afterEach(() => {
  owner.destroy();
  server.close();
});

const stop = '{"op":"stop"}\n';
const dial = { op: 'dial', id: 1, line: 'acme/anna', target: 'Jörg' } as const;

describe('the control channel', () => {
  it('hands over requests in their order, however they are cut', async () => {
    const bytes = Buffer.from(`${JSON.stringify(dial)}\n${stop}`);
    for (const byte of bytes) {
      owner.write(Buffer.of(byte));
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await expect.poll(() => requests).toEqual([dial, { op: 'stop' }]);
  });

  it('hands over several requests that come at once', async () => {
    owner.write(`${JSON.stringify(dial)}\n${stop}${stop}`);
    await expect.poll(() => requests.map(({ op }) => op)).toEqual(['dial', 'stop', 'stop']);
  });

  it('refuses a line that is no request and goes on', async () => {
    owner.write(`nonsense\n${stop}`);
    await expect.poll(() => requests).toEqual([{ op: 'stop' }]);
    await expect.poll(() => heard).toBe('{"event":"refused","problem":"a line is no request"}\n');
  });

  it('refuses a line that is too long though it is JSON', async () => {
    owner.write(`{"op":"stop","more":"${'x'.repeat(MAX_CONTROL_LINE)}"}\n${stop}`);
    await expect.poll(() => requests).toEqual([{ op: 'stop' }]);
    await expect.poll(() => heard).toContain('refused');
  });

  it('ends when a line has no end', async () => {
    owner.on('error', () => undefined);
    owner.write('x'.repeat(MAX_CONTROL_LINE + 1));
    await expect.poll(() => gone.times).toBe(1);
    expect(requests).toEqual([]);
  });

  it('reports one JSON object a line, and everything before it ends', async () => {
    control.report({ event: 'shims', count: 1 });
    control.report({ event: 'refused', problem: 'line\nbreak' });
    const ended = once(owner, 'end');
    await control.close();
    await ended;
    expect(
      heard
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { event: 'shims', count: 1 },
      { event: 'refused', problem: 'line\nbreak' },
    ]);
  });

  it('tells once that the owner is gone; reporting and closing after that do no harm', async () => {
    owner.destroy();
    await expect.poll(() => gone.times).toBe(1);
    control.report({ event: 'shims', count: 1 });
    await control.close();
    await control.close();
    expect(gone.times).toBe(1);
  });

  it('that nobody opens is an error at once', async () => {
    const closed = port();
    server.close();
    await expect(
      connectControl(
        closed,
        () => undefined,
        () => undefined,
      ),
    ).rejects.toThrow('ECONNREFUSED');
  });
});

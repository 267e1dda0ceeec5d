import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Endpoint, EndpointListener, ShimConnection } from './endpoint.ts';
import { unixEndpoint } from './unix-endpoint.ts';

let folder: string;
let path: string;
const open: Endpoint[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tapline-'));
  path = join(folder, 'link');
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const endpoint of open.splice(0)) await endpoint.close();
  await rm(folder, { recursive: true });
});

/** A listener that expects no trouble. */
const listener = (connected: EndpointListener['connected'] = () => undefined): EndpointListener => ({
  connected,
  refused: (peer, reason) => {
    throw new Error(`${peer} was refused: ${reason}`);
  },
  failed: (error) => {
    throw error;
  },
});

const hangUp = ({ stream }: ShimConnection): void => void stream.destroy();

function endpointAt(where: string): Endpoint {
  const endpoint = unixEndpoint(where);
  open.push(endpoint);
  return endpoint;
}

async function dial(where: string): Promise<Socket> {
  const socket = connect(where);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const exists = (): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A socket file that nobody listens on: what a companion leaves behind when it is killed. */
async function leaveBehind(where: string): Promise<void> {
  const server = createServer();
  const other = `${where}.moved`;
  await new Promise<void>((resolve) => void server.listen(other, resolve));
  await link(other, where);
  await new Promise((resolve) => void server.close(resolve));
}

describe('a Unix endpoint', () => {
  it('hands over who connects, and bytes pass both ways', async () => {
    const connections: ShimConnection[] = [];
    const endpoint = endpointAt(path);
    await endpoint.listen(listener((connection) => void connections.push(connection)));
    const socket = await dial(endpoint.name);
    socket.write('ping');
    await expect.poll(() => connections.length).toBe(1);
    const stream = connections[0]?.stream;
    const [chunk] = await once(stream as Socket, 'data');
    expect(String(chunk)).toBe('ping');
    stream?.write('pong');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toBe('pong');
    stream?.destroy();
  });

  it('can be opened by its owner only', async () => {
    await endpointAt(path).listen(listener());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves the mask of the process as it was', async () => {
    const before = process.umask();
    await endpointAt(path).listen(listener());
    expect(process.umask()).toBe(before);
  });

  it('leaves alone what another user left behind', async () => {
    await leaveBehind(path);
    const uid = process.getuid?.() ?? 0;
    vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    await expect(endpointAt(path).listen(listener())).rejects.toThrow('belongs to another user');
    vi.restoreAllMocks();
    expect(await exists()).toBe(true);
  });

  it('takes over what a crashed companion left behind', async () => {
    await leaveBehind(path);
    expect(await exists()).toBe(true);
    await endpointAt(path).listen(listener(hangUp));
    await dial(path);
  });

  it('leaves one alone that somebody listens on, and says so', async () => {
    await endpointAt(path).listen(listener(hangUp));
    await expect(endpointAt(path).listen(listener())).rejects.toThrow('another companion listens');
    await dial(path);
  });

  it('never replaces a file that is no socket', async () => {
    await writeFile(path, 'letters');
    await expect(endpointAt(path).listen(listener())).rejects.toThrow('is no socket');
    expect(await readFile(path, 'utf8')).toBe('letters');
  });

  it('says what is wrong where it cannot be', async () => {
    await expect(endpointAt(join(folder, 'no', 'such')).listen(listener())).rejects.toThrow(/ENOENT|EACCES/);
  });

  it('closes without waiting for who is connected, takes nobody after it, and leaves no file', async () => {
    const endpoint = endpointAt(path);
    const connections: ShimConnection[] = [];
    await endpoint.listen(listener((connection) => void connections.push(connection)));
    await dial(path);
    await expect.poll(() => connections.length).toBe(1);
    await endpoint.close();
    await endpoint.close();
    expect(connections[0]?.stream.destroyed, 'that one is its owner’s').toBe(false);
    expect(await exists()).toBe(false);
    await expect(dial(path)).rejects.toThrow('ENOENT');
    connections[0]?.stream.destroy();
  });

  it('can be opened again after it was closed', async () => {
    const endpoint = endpointAt(path);
    await endpoint.listen(listener());
    await endpoint.close();
    await endpoint.listen(listener(hangUp));
    await dial(path);
  });
});

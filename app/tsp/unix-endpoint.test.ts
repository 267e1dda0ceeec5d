import { once } from 'node:events';
import { link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint, ShimConnection } from './endpoint.ts';
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

const unfailing = (error: Error): never => {
  throw error;
};

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
    await endpoint.listen((connection) => void connections.push(connection), unfailing);
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
    await endpointAt(path).listen(() => undefined, unfailing);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('takes over what a crashed companion left behind', async () => {
    await leaveBehind(path);
    expect(await exists()).toBe(true);
    await endpointAt(path).listen((connection) => void connection.stream.destroy(), unfailing);
    await dial(path);
  });

  it('leaves one alone that somebody listens on, and says so', async () => {
    await endpointAt(path).listen((connection) => void connection.stream.destroy(), unfailing);
    await expect(endpointAt(path).listen(() => undefined, unfailing)).rejects.toThrow(
      'another companion listens',
    );
    await dial(path);
  });

  it('never replaces a file that is no socket', async () => {
    await writeFile(path, 'letters');
    await expect(endpointAt(path).listen(() => undefined, unfailing)).rejects.toThrow('is no socket');
    expect(await readFile(path, 'utf8')).toBe('letters');
  });

  it('says what is wrong where it cannot be', async () => {
    await expect(endpointAt(join(folder, 'no', 'such')).listen(() => undefined, unfailing)).rejects.toThrow(
      /ENOENT|EACCES/,
    );
  });

  it('closes without waiting for who is connected, takes nobody after it, and leaves no file', async () => {
    const endpoint = endpointAt(path);
    const connections: ShimConnection[] = [];
    await endpoint.listen((connection) => void connections.push(connection), unfailing);
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
    await endpoint.listen(() => undefined, unfailing);
    await endpoint.close();
    await endpoint.listen((connection) => void connection.stream.destroy(), unfailing);
    await dial(path);
  });
});

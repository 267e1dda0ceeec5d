import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { shortLived } from '../../simulator/mobydick/certificate.ts';

/** The PBX's place in the floor: one TCP and one TLS listener, each for one connection. */
export class Listeners {
  readonly #tcp: Server;
  readonly #tls: Server;

  constructor() {
    const { keyPem: key, certPem: cert } = shortLived(['localhost', '127.0.0.1'], Date.now());
    this.#tcp = createServer({ noDelay: true });
    this.#tls = createTlsServer({ key, cert, noDelay: true });
  }

  /** @returns the ports, and the connections once they are there; TCP first */
  async open(): Promise<{
    readonly ports: readonly [number, number];
    readonly connected: Promise<[Socket, Socket]>;
  }> {
    const connected = Promise.all([first(this.#tcp, 'connection'), first(this.#tls, 'secureConnection')]);
    return { ports: [await listen(this.#tcp), await listen(this.#tls)], connected };
  }

  close(): void {
    this.#tcp.close();
    this.#tls.close();
  }
}

async function first(server: Server, event: 'connection' | 'secureConnection'): Promise<Socket> {
  const [socket] = (await once(server, event)) as [Socket];
  // The peer is killed at the end: its connections are reset then.
  socket.on('error', () => socket.destroy());
  return socket;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

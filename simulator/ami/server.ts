/** Listens for managers, with and without TLS. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from '../mobydick/certificate.ts';

export interface Ports {
  readonly port: number;
  readonly tlsPort: number;
}

export class AmiServer {
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #taken: (socket: Socket) => void;

  constructor(taken: (socket: Socket) => void) {
    this.#taken = taken;
  }

  /** Resolves once both ports listen; 0 takes a free one. `certificate` is asked for each connection. */
  async listen(host: string, ports: Ports, certificate: () => Certificate): Promise<Ports> {
    const take = (socket: Socket) => this.#take(socket);
    const plain = createServer(take);
    const secure = createTlsServer(material(certificate()), take);
    secure.on('tlsClientError', () => undefined);
    // The raw connection dies with the server too, also before it is encrypted.
    secure.on('connection', (socket: Socket) => this.#keep(socket));
    const port = await this.#open(plain, host, ports.port);
    const tlsPort = await this.#open(secure, host, ports.tlsPort);
    this.#renew = () => secure.setSecureContext(material(certificate()));
    return { port, tlsPort };
  }

  /** The next connection sees the certificate that is in use now. */
  renewCertificate(): void {
    this.#renew();
  }

  #renew: () => void = () => undefined;

  async close(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #open(server: Server, host: string, port: number): Promise<number> {
    server.listen(port, host);
    await once(server, 'listening');
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  #take(socket: Socket): void {
    this.#keep(socket);
    this.#taken(socket);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }
}

const material = ({ certPem, keyPem }: Certificate) => ({ cert: certPem, key: keyPem });

/** A manager interface that answers as a test says, for what no real Asterisk can be made to do when it is wanted. */
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from '../../../simulator/mobydick/certificate.ts';

/** An action as it came: its headers by name, the last of several. */
export type Received = Readonly<Record<string, string>>;

export type ScriptedAmi = {
  readonly port: number;
  /** Every action of every connection, in their order. */
  readonly received: Received[];
  /** Connections so far. */
  readonly connections: () => number;
  /** Sends text to whoever is connected. */
  readonly say: (...packets: readonly string[]) => void;
  /** Cuts every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** @returns the packet to answer with, without its ActionID; undefined for silence */
export type Answer = (action: Received) => string | undefined;

export const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

/** What the least user is told: all signs in, and every action is allowed that Tapline needs. */
export const willing: Answer = ({ Action, AuthType }) => {
  if (Action === 'Challenge') return `Response: Success\r\nChallenge: 123${AuthType === 'MD5' ? '' : '?'}`;
  if (Action === 'ListCommands') return 'Response: Success\r\nOriginate: x\r\nRedirect: x\r\nStatus: x';
  if (Action === 'Logoff') return 'Response: Goodbye';
  return 'Response: Success';
};

/** Listens on a free port of this machine, with TLS where a certificate is given. */
export async function scriptedAmi(answer: Answer, certificate?: Certificate): Promise<ScriptedAmi> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write(GREETING);
    let rest = '';
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\r\n\r\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const action = Object.fromEntries(part.split('\r\n').map((line) => line.split(/: (.*)/s, 2)));
        received.push(action);
        const said = answer(action);
        if (said !== undefined) socket.write(`${said}\r\nActionID: ${action.ActionID}\r\n\r\n`);
        if (action.Action === 'Logoff') socket.end();
      }
    });
  };
  const server = certificate
    ? createTlsServer({ key: certificate.keyPem, cert: certificate.certPem }, serve)
    : createServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received,
    connections: () => connections,
    say: (...packets) => {
      for (const socket of sockets) for (const packet of packets) socket.write(`${packet}\r\n\r\n`);
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

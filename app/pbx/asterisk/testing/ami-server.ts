import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** An action as it came, its headers by name. */
export type Received = Readonly<Record<string, string>>;

/**
 * @returns the answer's packets, where `ID` stands for the ActionID, which the last one gets if none has it; undefined for
 * plain success
 */
export type Answer = (action: Received) => string | undefined;

/** The answer that never comes. */
export const SILENCE = '';

/** A manager interface on a loopback port that says what a test has it say. */
export type AmiServer = {
  readonly port: number;
  /** Every action of every connection, in their order. */
  readonly received: Received[];
  /** Connections so far. */
  readonly connections: () => number;
  /** Sends packets, given as lines without their ends. */
  readonly say: (...packets: readonly string[]) => void;
  /** Cuts every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

const RIGHTS = 'Originate Hangup Redirect BlindTransfer Bridge PlayDTMF Status Getvar';

/** What a user who may do everything is answered. */
export function willing({ Action, Channel }: Received): string | undefined {
  if (Action === 'Challenge') return 'Response: Success\nActionID: ID\nChallenge: 123';
  if (Action === 'ListCommands')
    return `Response: Success\nActionID: ID\n${RIGHTS.split(' ').join(': x\n')}: x`;
  if (Action === 'Originate' && Channel === 'Tapline/probe')
    return 'Response: Success\nActionID: ID\n\nEvent: OriginateResponse\nPrivilege: call,all\nActionID: ID';
  if (Action === 'Status') return listOf();
  return undefined;
}

/** The answer to Status. */
export const listOf = (...channels: readonly string[]): string =>
  [
    'Response: Success\nActionID: ID\nEventList: start',
    ...channels.map((channel) => `Event: Status\nActionID: ID\n${channel}`),
    'Event: StatusComplete\nActionID: ID\nEventList: Complete',
  ].join('\n\n');

/** Listens on a free port of this machine, with TLS where a certificate is given. */
export async function amiServer(
  answer: Answer,
  certificate?: { readonly keyPem: string; readonly certPem: string },
): Promise<AmiServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const write = (socket: Socket, text: string) =>
    socket.write(`${text.replaceAll(/^ +/gm, '').replaceAll(/\r?\n/g, '\r\n')}\r\n\r\n`);
  const serve = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\r\n\r\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const action: Received = Object.fromEntries(
          part.split('\r\n').map((line) => line.split(/: (.*)/s, 2)),
        );
        received.push(action);
        const said = answer(action) ?? 'Response: Success';
        const named = said.includes('ActionID: ID') ? said : `${said}\nActionID: ID`;
        if (said !== SILENCE)
          write(socket, named.replaceAll('ActionID: ID', `ActionID: ${action['ActionID']}`));
        if (action['Action'] === 'Logoff') socket.end();
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
      for (const socket of sockets) for (const packet of packets) write(socket, packet);
    },
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

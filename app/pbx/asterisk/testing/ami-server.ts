import { createServer, type Socket } from 'node:net';

/** An action as it came, its headers by name. */
export type Received = Readonly<Record<string, string>>;

/** @returns the answer's packets, where `ID` stands for the ActionID; undefined for plain success */
export type Answer = (action: Received) => string | undefined;

/** A manager interface on a loopback port that says what a test has it say. */
export type AmiServer = {
  readonly port: number;
  readonly received: Received[];
  /** Sends packets, given as lines without their ends. */
  readonly say: (...packets: readonly string[]) => void;
  /** Cuts the connection. */
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

export async function amiServer(answer: Answer): Promise<AmiServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const write = (socket: Socket, text: string) =>
    socket.write(`${text.replaceAll(/^ +/gm, '').replaceAll('\n', '\r\n')}\r\n\r\n`);
  const server = createServer((socket) => {
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
        const said = answer(action) ?? 'Response: Success\nActionID: ID';
        write(socket, said.replaceAll('ActionID: ID', `ActionID: ${action['ActionID']}`));
        if (action['Action'] === 'Logoff') socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received,
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

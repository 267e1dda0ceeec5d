/** Ports and servers for tests of the way to a server. */
import { createServer, connect as dial, type Socket } from 'node:net';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Told } from './signed-in.ts';

/** The notes on how each connection that carried a sign-in was made. */
export const connected = ({ lines }: Told): readonly string[] =>
  lines.flatMap(({ label, text }) => (label === 'connected' ? [text] : []));

/** Every stage that was told, in order. */
export const stagesOf = ({ states }: Told): readonly string[] =>
  states().flatMap((session) => (session.state === 'connecting' ? [session.stage] : []));

/** Cuts the connection of an adapter that is online and waits until it has signed in once more. */
export async function again(simulator: Simulator, told: Told): Promise<void> {
  simulator.faults.cut();
  await told.untilState('online', 2);
}

/** A `connect` port that leads some TCP ports to others and notes which were asked for. */
export function leading(ports: Readonly<Record<number, number>> = {}) {
  const asked: number[] = [];
  const connect = (host: string, port: number): Socket => {
    asked.push(port);
    return dial({ host, port: ports[port] ?? port });
  };
  return { asked, connect };
}

export type Listener = { readonly port: number; readonly close: () => Promise<void> };

/** Listens on a free port and does with each connection what it is told. Errors of a connection are nobody's. */
export async function listen(serve: (socket: Socket) => void): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port, close };
}

/** A port where nobody listens. */
export async function shutPort(): Promise<number> {
  const { port, close } = await listen(() => {});
  await close();
  return port;
}

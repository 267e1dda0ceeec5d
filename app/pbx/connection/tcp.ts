import { isIP, type Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import type { SignInStage } from '../port.ts';
import { networkFailure, SessionFailure } from './failure.ts';

/** What reaching a port needs of the attempt it belongs to. */
export type Reaching = {
  readonly clock: Clock;
  /** Starts a TCP connection. */
  readonly connect: (host: string, port: number) => Socket;
  /** ms for finding the host and reaching its port. */
  readonly deadline: number;
  /** Told as it gets further. */
  readonly stage: (stage: 'connect' | 'tls') => void;
  /** Ends it at once: the socket is closed, and the promise rejects. */
  readonly signal: AbortSignal;
};

const TCP_KEEP_ALIVE = 30_000;

/**
 * A TCP connection from which nobody reads yet. Its errors are listened to for good; they come as `close` as well.
 * Rejects with a SessionFailure: hostUnknown or unreachable.
 */
export function connectTcp(host: string, port: number, reaching: Reaching): Promise<Socket> {
  const { clock, connect, deadline, stage, signal } = reaching;
  return new Promise((resolve, reject) => {
    const socket = connect(host, port);
    let reached: SignInStage = 'resolve';
    const enter = (next: 'connect' | 'tls') => {
      reached = next;
      stage(next);
    };
    const fail = (error: unknown) => {
      socket.destroy();
      reject(networkFailure(error, reached));
    };
    const timer = clock.after(deadline, () => {
      const detail = `no connection to port ${port} within ${deadline} ms`;
      fail(new SessionFailure({ code: 'unreachable', stage: 'connect', detail }));
    });
    const closed = () => fail(new Error('the connection was closed'));
    const abort = () => socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    socket.setNoDelay(true);
    // Stays for good: an error that nobody listens to would end the process.
    socket.on('error', fail);
    socket.on('close', closed);
    socket.once('close', () => {
      timer.cancel();
      signal.removeEventListener('abort', abort);
    });
    // It comes for a name that nobody knows, too.
    socket.once('lookup', (error: Error | null) => {
      if (!error) enter('connect');
    });
    if (isIP(host) > 0) enter('connect');
    socket.once('connect', () => {
      timer.cancel();
      socket.off('close', closed);
      // Wine refuses a connection that asks for keep-alive before it is there.
      socket.setKeepAlive(true, TCP_KEEP_ALIVE);
      enter('tls');
      resolve(socket);
    });
  });
}

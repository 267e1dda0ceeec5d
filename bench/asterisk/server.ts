/** A manager interface that tells recorded calls as fast as they are taken, in a process of its own. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { serve } from '../xmpp/process.ts';
import { RecordedCalls, type Recording } from './recorded-calls.ts';

/** Calls that are written at once. */
const SLICE = 50;

let socket: Socket | undefined;
let stream: RecordedCalls | undefined;

/** What each action is answered with; a list is empty. */
const ANSWERS: Readonly<Record<string, string>> = {
  challenge: 'Response: Success\r\nChallenge: 145239154',
  login: 'Response: Success\r\nMessage: Authentication accepted',
  listcommands: 'Response: Success\r\nOriginate: x\r\nHangup: x\r\nRedirect: x\r\nStatus: x\r\nGetvar: x',
  getvar: 'Response: Success\r\nValue: NOT_INUSE',
};
const LISTS: ReadonlySet<string> = new Set(['status', 'devicestatelist', 'extensionstatelist']);

function answer(action: string, id: string): string {
  if (LISTS.has(action))
    return `Response: Success\r\n${id}EventList: start\r\n\r\nEvent: ${action}Complete\r\n${id}EventList: Complete\r\n\r\n`;
  const event =
    action === 'originate'
      ? `Event: OriginateResponse\r\nPrivilege: call,all\r\n${id}Response: Failure\r\nReason: 0\r\n\r\n`
      : '';
  return `${ANSWERS[action] ?? 'Response: Success'}\r\n${id}\r\n${event}`;
}

function serveManager(connected: Socket): void {
  socket = connected;
  connected.setNoDelay(true);
  connected.on('error', () => undefined);
  connected.write('Asterisk Call Manager/11.0.0\r\n');
  let rest = '';
  connected.on('data', (chunk) => {
    const parts = (rest + chunk.toString()).split('\r\n\r\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const name = /^action: *(\w+)/im.exec(part)?.[1]?.toLowerCase() ?? '';
      const id = /^actionid: *(.*)$/im.exec(part)?.[1]?.trim();
      connected.write(answer(name, id === undefined ? '' : `ActionID: ${id}\r\n`));
    }
  });
}

const orders = {
  /** @returns the port it listens at */
  start: async (recording: Recording): Promise<number> => {
    stream = new RecordedCalls(recording);
    const server = createServer(serveManager);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  },

  /** Events of one call. */
  eventsOfACall: (): number => stream?.events ?? 0,

  /** Tells so many calls, never further ahead than the socket takes. */
  calls: async (count: number): Promise<void> => {
    if (!stream || !socket) throw new Error('nobody is connected');
    for (let written = 0; written < count; written += SLICE)
      if (!socket.write(stream.take(Math.min(SLICE, count - written)))) await once(socket, 'drain');
  },
};

export type ServerOrders = typeof orders;

serve(orders);

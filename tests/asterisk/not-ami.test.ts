/** What answers at the port is no AMI, or sends more than one could. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openSession, type ToldSession } from './support/session.ts';
import { until } from './support/until.ts';

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';

let server: Server | undefined;
let told: ToldSession | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  await told?.session.stop();
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server?.close(resolve));
});

async function against(answer: (socket: Socket) => void): Promise<ToldSession> {
  const listening = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  told = openSession(
    {
      host: '127.0.0.1',
      port,
      user: 'tapline',
      secret: async () => 'secret',
      plainText: true,
      context: 'phones',
      lines: [{ name: 'PJSIP/bob', channel: 'PJSIP/bob', extension: '', person: '' }],
    },
    // Long enough not to be tried again while it is looked at.
    { attempt: 1_000, backOffFirst: 60_000, backOffLongest: 60_000 },
  );
  return told;
}

/** How the first attempt ended, whether or not there will be another. */
async function problemOf({ states }: ToldSession) {
  return until(
    () => states.flatMap((state) => ('problem' in state ? [state.problem] : []))[0],
    () => `no problem: ${JSON.stringify(states)}`,
  );
}

describe('a server that is no AMI', () => {
  it.each([
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a mail server', '220 mail.example ESMTP\r\n'],
    ['a web server that lost patience', 'HTTP/1.1 408 Request Timeout\r\n\r\n'],
    ['a line without end', 'Asterisk Call Manager/'.padEnd(4_000, '1')],
    ['noise', '\0\x01\x02\xff'.repeat(100)],
  ])('%s is told apart', async (_, text) => {
    const problem = await problemOf(await against((socket) => socket.write(text, 'latin1')));
    expect(problem).toMatchObject({ code: 'wrongServer', stage: 'signIn' });
  });

  it('that says nothing is silent', async () => {
    const problem = await problemOf(await against(() => {}));
    expect(problem).toMatchObject({ code: 'silent', stage: 'signIn' });
  });

  it('that greets and never answers is silent', async () => {
    const problem = await problemOf(await against((socket) => socket.write(GREETING)));
    expect(problem).toMatchObject({ code: 'silent', stage: 'signIn' });
  });

  it('that hangs up is lost', async () => {
    const problem = await problemOf(await against((socket) => socket.end(GREETING)));
    expect(problem).toMatchObject({ code: 'lost', stage: 'signIn' });
  });
});

describe('ten megabytes', () => {
  const TEN_MB = 10 * 1024 * 1024;

  it.each([
    ['without a line end', Buffer.alloc(64 * 1024, 'x')],
    ['without the end of a packet', Buffer.from('Header: value\r\n'.repeat(4_000))],
    ['of bare line feeds', Buffer.alloc(64 * 1024, '\n')],
  ])('%s end the session long before, in words', async (_, piece) => {
    let taken = 0;
    const session = await against((socket) => {
      socket.write(`${GREETING}Event: UserEvent\r\nText: `);
      const more = () => {
        while (!socket.destroyed && taken < TEN_MB) {
          taken += piece.length;
          if (!socket.write(piece)) break;
        }
      };
      socket.on('drain', more);
      more();
    });
    expect(await problemOf(session)).toMatchObject({ code: 'tooMuch', stage: 'signIn' });
    expect(taken).toBeLessThan(TEN_MB);
  });
});

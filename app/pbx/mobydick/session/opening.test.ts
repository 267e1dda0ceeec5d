import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Opening, openTo } from './opening.ts';
import { startTls } from './starttls.ts';
import { WayRefused } from './ways.ts';

const HEADER = "<s:stream xmlns:s='http://etherx.jabber.org/streams' xmlns='jabber:client' from='Stack7'>";
const TLS = "xmlns='urn:ietf:params:xml:ns:xmpp-tls'";
const FEATURES = `<s:features><starttls ${TLS}/></s:features>`;
const error = (condition: string) =>
  `<s:error><text>so it is</text><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></s:error>`;

let server: Server | undefined;
let socket: Socket | undefined;
afterEach(() => {
  socket?.destroy();
  server?.close();
});

/** A stream to a server that says these things, one each time something arrives, and closes after the last if asked. */
async function opened(
  says: readonly (string | Buffer)[],
  stage: 'tls' | 'signIn' = 'tls',
  closes = false,
): Promise<{ opening: Opening; socket: Socket; heard: () => string }> {
  const left = [...says];
  let heard = '';
  const listening = createServer((peer) => {
    peer.on('error', () => {});
    peer.on('data', (chunk) => {
      heard += chunk;
      const next = left.shift();
      if (next !== undefined) peer.write(next);
      if (left.length === 0 && closes) peer.end();
    });
  });
  server = listening;
  const port = await new Promise<number>((resolve) => {
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const own = dial(port, '127.0.0.1');
  socket = own;
  await new Promise((resolve) => own.once('connect', resolve));
  return { opening: openTo(own, 'mobydick', stage), socket: own, heard: () => heard };
}

const greeted = async (...parameters: Parameters<typeof opened>) =>
  (await opened(...parameters)).opening.greeting();

describe('a stream that is opened here', () => {
  it('asks for its domain and reads as far as the features', async () => {
    const { opening, heard } = await opened([`<?xml version='1.0'?>${HEADER}${FEATURES}`]);
    expect(await opening.greeting()).toMatchObject({
      asked: 'mobydick',
      served: true,
      announced: 'stack7',
      features: { name: 's:features' },
    });
    expect(heard()).toMatch(/^<\?xml version='1.0'\?><stream:stream [^<>]*to="mobydick"[^<>]*>$/);
    expect(opening.leave().toString()).toBe(`<?xml version='1.0'?>${HEADER}${FEATURES}`);
  });

  it.each(['host-unknown', 'host-gone'])('takes %s for the domain that is not served', async (condition) => {
    const greeting = await greeted([HEADER + error(condition)]);
    expect(greeting).toEqual({ asked: 'mobydick', served: false, announced: 'stack7' });
  });

  it.each([
    ['another stream error', HEADER + error('system-shutdown'), 'lost', 'system-shutdown: so it is'],
    ['another element', `${HEADER}<message/>`, 'wrongServer', '<message/>'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'wrongServer', 'does not speak XMPP'],
    ['bad XML', '</a><b></c>', 'wrongServer', ''],
    ['the end of the stream', `${HEADER}</s:stream>`, 'noEncryption', 'ended the stream'],
    ['too much', HEADER + ' '.repeat(70_000), 'wrongServer', 'too much'],
  ])('ends at %s', async (_what, said, code, detail) => {
    await expect(greeted([said])).rejects.toMatchObject({
      problem: { code, stage: 'tls', detail: expect.stringContaining(detail) },
    });
  });

  it.each([
    ['an alert of TLS', Buffer.from([0x15, 3, 1, 0, 2, 2, 70]), false, 'noEncryption'],
    ['a hang-up', '', true, 'lost'],
  ] as const)('takes %s for a server that expects TLS at once', async (_what, said, closes, code) => {
    const refused = await greeted([said], 'tls', closes).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(WayRefused);
    expect(refused).toMatchObject({ refusal: 'otherKind', failure: { problem: { code, stage: 'tls' } } });
  });

  it('takes a hang-up for nothing else once something was said, or inside TLS', async () => {
    await expect(greeted([HEADER], 'tls', true)).rejects.toMatchObject({ problem: { code: 'lost' } });
    await expect(greeted([''], 'signIn', true)).rejects.toMatchObject({
      problem: { code: 'lost', stage: 'signIn' },
    });
  });
});

describe('STARTTLS', () => {
  const asked = async (...answers: string[]) => {
    const all = await opened([HEADER + FEATURES, ...answers]);
    await all.opening.greeting();
    return { ...all, done: startTls(all.socket, all.opening) };
  };

  it('is ready when the server says so, and leaves the socket to the handshake', async () => {
    const { done, heard, socket: own } = await asked(`<proceed ${TLS}/>`);
    await expect(done).resolves.toBeUndefined();
    expect(heard()).toContain('<starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"/>');
    expect(own.listenerCount('data')).toBe(0);
  });

  it('fails when it is refused', async () => {
    const { done } = await asked(`<failure ${TLS}/>`);
    await expect(done).rejects.toMatchObject({ problem: { code: 'noEncryption', stage: 'tls' } });
  });

  it.each(['<iq', "<message from='x'/>", ' '])(
    'believes nothing after the go-ahead, not even %j',
    async (more) => {
      const { done } = await asked(`<proceed ${TLS}/>${more}`);
      await expect(done).rejects.toMatchObject({ problem: { code: 'wrongServer', stage: 'tls' } });
    },
  );
});

/**
 * A server that lets one adapter after the other in and then says what a test wants, byte by byte: what no honest
 * server sends. It understands just enough of what an adapter writes.
 */
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { shortLived } from '../../simulator/mobydick/certificate.ts';

const CERTIFICATE = shortLived(['mobydick'], Date.now());
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const HEADER =
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='mobydick' version='1.0'>";
const NS_CMD = 'http://www.pascom.net/mobydick';

/** What the server says at a step of the sign-in. Unset steps go well. */
export type Script = {
  /** Mechanisms offered; PLAIN unless set. */
  readonly mechanisms?: string;
  readonly afterAuth?: string;
  /** In place of `<bind/>` in the features after the sign-in. */
  readonly features?: string;
  /** In place of the answer to the binding; `id` is the request's. */
  readonly bound?: (id: string) => string;
  /** In place of the answer to ClientInfo; `id` is the request's. */
  readonly userInfo?: (id: string) => string;
};

export type ScriptedServer = {
  readonly port: number;
  readonly fingerprint: string;
  /** Connections so far. */
  readonly connections: () => number;
  /** What the newest session has written since it was online. */
  readonly heard: () => string;
  /** Writes to the newest session, as one chunk each. */
  readonly say: (...chunks: readonly (string | Buffer)[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

export const cmd = (module: string, body: string) =>
  `<cmd xmlns='${NS_CMD}' module='${module}'>${body}</cmd>`;

export const message = (body: string, from = 'pbx.mobydick') =>
  `<message from='${from}' to='anna@mobydick/tapline'>${body}</message>`;

export const channelEvent = (eventType: string, fields: Readonly<Record<string, string>> = {}) =>
  cmd(
    'base',
    `<ChannelEvent><eventType>${eventType}</eventType>${Object.entries({
      eventId: 'SIP/1',
      outbound: 'false',
      ...fields,
    })
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</ChannelEvent>`,
  );

const USER_INFO = cmd(
  'xmppuser',
  '<UserInfo name="Anna"><Identity><db_009ext_extension>340</db_009ext_extension></Identity></UserInfo>',
);

export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  let newest: TLSSocket | undefined;
  let heard = '';
  let connections = 0;

  const server = createServer((plain) => {
    connections += 1;
    sockets.add(plain);
    plain.on('error', () => {});
    plain.once('data', () => {
      plain.write(
        `${HEADER}<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>`,
      );
      plain.once('data', () => {
        plain.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        const secure = new TLSSocket(plain, {
          isServer: true,
          key: CERTIFICATE.keyPem,
          cert: CERTIFICATE.certPem,
        });
        secure.on('error', () => {});
        converse(secure);
      });
    });
  });

  const converse = (socket: TLSSocket) => {
    let signedIn = false;
    let online = false;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      if (online) heard += text;
      else if (text.includes('<stream:stream') && !signedIn)
        socket.write(
          `${HEADER}<stream:features><mechanisms xmlns='${SASL}'>${
            script.mechanisms ?? '<mechanism>PLAIN</mechanism>'
          }</mechanisms></stream:features>`,
        );
      else if (text.includes('<stream:stream'))
        socket.write(
          `${HEADER}<stream:features>${
            script.features ?? "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
          }</stream:features>`,
        );
      else if (text.includes('<auth')) {
        signedIn = true;
        socket.write(script.afterAuth ?? `<success xmlns='${SASL}'/>`);
      } else if (text.includes('<bind'))
        socket.write(
          script.bound?.(idOf(text)) ??
            `<iq type='result' id='${idOf(text)}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>` +
              '<jid>anna@mobydick/tapline</jid></bind></iq>',
        );
      if (text.includes('<ClientInfo') && !online) {
        online = true;
        newest = socket;
        heard = '';
        const id = idOf(text.slice(text.indexOf('<iq')));
        socket.write(script.userInfo?.(id) ?? `<iq type='result' id='${id}'>${USER_INFO}</iq>`);
      }
    });
  };

  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    port,
    fingerprint: CERTIFICATE.fingerprint,
    connections: () => connections,
    heard: () => heard,
    say: async (...chunks) => {
      for (const chunk of chunks) {
        await new Promise((resolve) => newest?.write(chunk, resolve));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const idOf = (stanza: string) => /\bid="([^"]+)"/.exec(stanza)?.[1] ?? '';

/** A client by hand, sockets and strings only, so that the server is not tested against its own parser. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import net from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import tls from 'node:tls';
import type { Simulator } from '../simulator.ts';

/** Shorter than the test runner's own, so that the message says what was missing. */
const PATIENCE_MS = 4000;

export class RawClient {
  #socket: net.Socket;
  #text = '';
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    this.#listen(socket);
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket);
  }

  /** To a port where TLS comes first. */
  static async connectTls(port: number, ca: string, servername: string): Promise<RawClient> {
    const client = await RawClient.connect(port);
    await client.#secure(ca, servername);
    return client;
  }

  /** What came and was not yet taken by `expect`. */
  get unread(): string {
    return this.#text;
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** Waits for the pattern, takes everything up to its end away and answers the match. */
  async expect(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#until(`${pattern}`, () => {
      const match = pattern.exec(this.#text);
      if (match === null) return undefined;
      this.#text = this.#text.slice(match.index + match[0].length);
      return match;
    });
  }

  async expectClose(): Promise<void> {
    await this.#until('the end of the connection', () => this.#closed || undefined);
  }

  async startTls(ca: string, servername: string): Promise<void> {
    this.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    await this.expect(/<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'\/>/);
    await this.#secure(ca, servername);
  }

  async #secure(ca: string, servername: string): Promise<void> {
    this.#socket.removeAllListeners('data');
    this.#socket.removeAllListeners('close');
    const secure = tls.connect({ socket: this.#socket, servername, ca });
    this.#socket = secure;
    this.#listen(secure);
    await new Promise((resolve, reject) => {
      secure.once('secureConnect', resolve);
      secure.once('error', reject);
    });
  }

  openStream(domain: string): void {
    this.send(
      `<?xml version='1.0'?><stream:stream to='${domain}' xmlns='jabber:client' ` +
        "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>",
    );
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #listen(socket: net.Socket): void {
    const decoder = new StringDecoder('utf8');
    socket.on('data', (chunk: Buffer) => {
      this.#text += decoder.write(chunk);
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  async #until<Found>(what: string, look: () => Found | undefined): Promise<Found> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (this.#closed || left <= 0) {
        throw new Error(`No ${what}; closed ${this.#closed}, unread ${JSON.stringify(this.#text)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const SASL = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
const encode = (text: string): string => Buffer.from(text).toString('base64');

/** Up to the features that offer mechanisms. */
export async function connectSecurely(simulator: Simulator): Promise<RawClient> {
  const client = await RawClient.connect(simulator.port);
  client.openStream(simulator.domain);
  await client.expect(/<stream:features><starttls [^>]*><required\/><\/starttls><\/stream:features>/);
  await client.startTls(simulator.certificate.certPem, simulator.domain);
  client.openStream(simulator.domain);
  await client.expect(/<mechanisms [^>]*>(<mechanism>[A-Z0-9-]+<\/mechanism>)+<\/mechanisms>/);
  return client;
}

export function sendPlain(client: RawClient, { user, password }: Credentials): void {
  client.send(`<auth ${SASL} mechanism='PLAIN'>${encode(`\0${user}\0${password}`)}</auth>`);
}

const HASHES = { 'SCRAM-SHA-1': ['sha1', 20], 'SCRAM-SHA-256': ['sha256', 32] } as const;

/** RFC 5802 from the client's side, the server's signature checked. */
export async function scram(
  client: RawClient,
  { user, password }: Credentials,
  mechanism: keyof typeof HASHES = 'SCRAM-SHA-1',
): Promise<void> {
  const [hash, bytes] = HASHES[mechanism];
  const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest();
  const bare = `n=${user},r=${randomBytes(12).toString('hex')}`;
  client.send(`<auth ${SASL} mechanism='${mechanism}'>${encode(`n,,${bare}`)}</auth>`);
  const challenge = await client.expect(/<challenge [^>]*>([^<]+)<\/challenge>/);
  const first = Buffer.from(challenge[1] ?? '', 'base64').toString();
  const [, nonce = '', salt = '', iterations = '1'] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(first) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), bytes, hash);
  const clientKey = hmac(salted, 'Client Key');
  const final = `c=biws,r=${nonce}`;
  const message = `${bare},${first},${final}`;
  const signature = hmac(createHash(hash).update(clientKey).digest(), message);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  client.send(`<response ${SASL}>${encode(`${final},p=${proof.toString('base64')}`)}</response>`);
  const success = await client.expect(/<success [^>]*>([^<]+)<\/success>/);
  const expected = `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`;
  if (success[1] !== encode(expected)) throw new Error('The server does not know the password');
}

/** From the successful login to a bound resource. */
export async function bind(client: RawClient, domain: string, resource: string): Promise<string> {
  client.openStream(domain);
  await client.expect(/<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"\/>.*<\/stream:features>/);
  client.send(
    "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>" +
      `<resource>${resource}</resource></bind></iq>`,
  );
  const bound = await client.expect(
    /<iq type="result" id="bind"><bind [^>]*><jid>([^<]+)<\/jid><\/bind><\/iq>/,
  );
  return bound[1] ?? '';
}

export async function signIn(
  simulator: Simulator,
  credentials: Credentials,
  resource = 'tapline',
): Promise<RawClient> {
  const client = await connectSecurely(simulator);
  await scram(client, credentials);
  await bind(client, simulator.domain, resource);
  return client;
}

/** Sends one command; `body` is the command's own element. */
export function sendCommand(client: RawClient, id: string, module: string, body: string): void {
  client.send(
    `<iq type='get' id='${id}'><cmd xmlns='http://www.pascom.net/mobydick' module='${module}'>${body}</cmd></iq>`,
  );
}

/** Sends one command and answers what is inside the `cmd` of the result. */
export async function command(client: RawClient, id: string, module: string, body: string): Promise<string> {
  sendCommand(client, id, module, body);
  const pattern = new RegExp(`<iq type="result" id="${id}" to="[^"]+"><cmd [^>]*>(.*?)</cmd></iq>`);
  return (await client.expect(pattern))[1] ?? '';
}

/** Introduces the client and subscribes; each entry is `module type scope`. */
export function introduce(client: RawClient, ...subscriptions: readonly string[]): Promise<string> {
  const list = subscriptions.map((entry) => {
    const [module, type, scope] = entry.split(' ');
    return `<Subscription module='${module}' type='${type}' scope='${scope}'/>`;
  });
  const body = `<ClientInfo><os>Linux</os><user/><AddSubscription>${list.join('')}</AddSubscription></ClientInfo>`;
  return command(client, 'client-info', 'xmppuser', body);
}

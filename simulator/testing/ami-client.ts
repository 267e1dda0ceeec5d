/** A manager made by hand, for the tests of the AMI face: it knows nothing of the face's own codec. */
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type AmiPacket = ReadonlyMap<string, string>;

export class AmiClient {
  readonly #socket: Socket;
  readonly packets: AmiPacket[] = [];
  /** The first line. */
  greeting = '';
  closed = false;
  #text = '';
  #count = 0;

  constructor(port: number, secure = false) {
    const host = '127.0.0.1';
    this.#socket = secure ? connectTls({ host, port, rejectUnauthorized: false }) : connect(port, host);
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => this.#read(text));
    this.#socket.on('error', () => undefined);
    this.#socket.once('close', () => {
      this.closed = true;
    });
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  /** Sends an action; resolves with its answer. */
  async ask(name: string, headers: Readonly<Record<string, string>> = {}): Promise<AmiPacket> {
    this.#count += 1;
    const id = `t${this.#count}`;
    const lines = Object.entries({ Action: name, ActionID: id, ...headers });
    this.write(`${lines.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`);
    return this.wait((packet) => packet.get('ActionID') === id && packet.has('Response'));
  }

  async login(
    user: string,
    secret: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<AmiPacket> {
    const challenge = (await this.ask('Challenge', { AuthType: 'MD5' })).get('Challenge') ?? '';
    const key = createHash('md5')
      .update(challenge + secret)
      .digest('hex');
    return this.ask('Login', { AuthType: 'MD5', Username: user, Key: key, ...headers });
  }

  async wait(fits: (packet: AmiPacket) => boolean, ms = 5_000): Promise<AmiPacket> {
    const until = Date.now() + ms;
    for (;;) {
      const found = this.packets.find(fits);
      if (found) return found;
      if (Date.now() > until) throw new Error(`no such packet among ${this.packets.length}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  event(name: string, headers: Readonly<Record<string, string>> = {}): Promise<AmiPacket> {
    const wanted = Object.entries({ Event: name, ...headers });
    return this.wait((packet) => wanted.every(([key, value]) => packet.get(key) === value));
  }

  /** The events so far by name; `values` of them behind it. */
  told(...values: readonly string[]): readonly string[] {
    return this.packets.flatMap((packet) => {
      const event = packet.get('Event');
      const shown = values.map((name) => packet.get(name)).filter((value) => value !== undefined);
      return event === undefined ? [] : [[event, ...shown].join(' ')];
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    if (this.greeting === '') {
      const end = this.#text.indexOf('\r\n');
      if (end < 0) return;
      this.greeting = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
    }
    const parts = this.#text.split('\r\n\r\n');
    this.#text = parts.pop() ?? '';
    for (const part of parts) this.packets.push(new Map(part.split('\r\n').map(split)));
  }
}

function split(line: string): [string, string] {
  const at = line.indexOf(': ');
  return at < 0 ? [line.replace(/:$/, ''), ''] : [line.slice(0, at), line.slice(at + 2)];
}

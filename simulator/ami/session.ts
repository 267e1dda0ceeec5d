/** One connection of a manager: the greeting, the login, then actions and the events it may hear. */
import { createHash, randomInt } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ActionName, actionNamed, type Manager, type ManagerClass, mayDo } from './managers.ts';
import { encode, type Header, headerNamed, type Packet, PacketReader } from './wire.ts';

/** An event, and the class that lets a manager hear it. */
export interface AmiEvent {
  readonly class: ManagerClass;
  readonly headers: Packet;
}

/** What a session asks of the PBX. */
export interface SessionWork {
  manager(name: string): Manager | undefined;
  /** Does what a manager may do; the answer comes back through `session.answer`. */
  act(action: ActionName, packet: Packet, session: Session): void;
  ended(session: Session): void;
}

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';
/** How long Asterisk lets somebody wait before it says that the secret is wrong, ms. */
const REFUSAL_MS = 200;
const MAX_CHALLENGE = 1_000_000_000;

export class Session {
  readonly #socket: Socket;
  readonly #work: SessionWork;
  readonly #reader = new PacketReader();
  #challenge = '';
  #manager: Manager | undefined;
  #mask: ReadonlySet<string> | 'all' | 'none' = 'all';
  #closed = false;
  #silent = false;

  constructor(socket: Socket, work: SessionWork) {
    this.#socket = socket;
    this.#work = work;
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    socket.on('data', (text: string) => this.#read(text));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.#closed = true;
      work.ended(this);
    });
    socket.write(GREETING);
  }

  /** The manager who is signed in. */
  get manager(): Manager | undefined {
    return this.#manager;
  }

  /** Tells an event, where its class is one this manager reads and has asked for. */
  tell(event: AmiEvent): void {
    if (!this.#manager?.read.includes(event.class)) return;
    if (this.#mask === 'none' || (this.#mask !== 'all' && !this.#mask.has(event.class))) return;
    const [first = ['Event', ''], ...rest] = event.headers;
    this.#write([first, ['Privilege', `${event.class},all`], ...rest]);
  }

  answer(asked: Packet, headers: Packet): void {
    const [first = ['Response', 'Error'], ...rest] = headers;
    this.#write([first, ...idOf(asked), ...rest]);
  }

  /** An item of a list, or its end: nobody else hears it. */
  item(asked: Packet, headers: Packet): void {
    this.#write([...headers, ...idOf(asked)]);
  }

  succeed(asked: Packet, message: string): void {
    this.answer(asked, [
      ['Response', 'Success'],
      ['Message', message],
    ]);
  }

  refuse(asked: Packet, message: string): void {
    this.answer(asked, [
      ['Response', 'Error'],
      ['Message', message],
    ]);
  }

  /** What is written already still leaves. */
  close(): void {
    this.#socket.end();
  }

  /** Hears, and says nothing any more. */
  goSilent(): void {
    this.#silent = true;
  }

  cut(): void {
    this.#socket.destroy();
  }

  /** `Events: on|off|class,class`, at the login or later. */
  listenTo(mask: string): void {
    const named = mask.toLowerCase();
    if (named === 'on' || named === '' || named === 'all') this.#mask = 'all';
    else if (named === 'off') this.#mask = 'none';
    else this.#mask = new Set(named.split(',').map((one) => one.trim()));
  }

  #read(text: string): void {
    const packets = this.#reader.read(text);
    if (!packets) this.cut();
    for (const packet of packets ?? []) if (!this.#closed) this.#take(packet);
  }

  #take(packet: Packet): void {
    const name = headerNamed(packet, 'Action').toLowerCase();
    if (name === 'challenge') this.#giveChallenge(packet);
    else if (name === 'login') this.#login(packet);
    else {
      const refused = this.#refusal(name);
      const action = actionNamed(name);
      if (refused !== undefined) this.refuse(packet, refused);
      else if (action) this.#work.act(action, packet, this);
    }
  }

  /** Why an action is not done. */
  #refusal(name: string): string | undefined {
    if (!this.#manager) return 'Permission denied';
    if (name === '') return 'Missing action in request';
    const action = actionNamed(name);
    if (!action)
      return `Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`;
    return mayDo(this.#manager, action) ? undefined : 'Permission denied';
  }

  #giveChallenge(packet: Packet): void {
    if (headerNamed(packet, 'AuthType').toUpperCase() !== 'MD5') {
      this.refuse(packet, 'Must specify AuthType');
      return;
    }
    this.#challenge = String(randomInt(MAX_CHALLENGE));
    this.answer(packet, [
      ['Response', 'Success'],
      ['Challenge', this.#challenge],
    ]);
  }

  #login(packet: Packet): void {
    const manager = this.#work.manager(headerNamed(packet, 'Username'));
    if (!manager || !this.#proves(packet, manager)) {
      setTimeout(() => {
        this.refuse(packet, 'Authentication failed');
        this.close();
      }, REFUSAL_MS).unref();
      return;
    }
    this.#manager = manager;
    this.listenTo(headerNamed(packet, 'Events'));
    this.succeed(packet, 'Authentication accepted');
  }

  #proves(packet: Packet, { secret }: Manager): boolean {
    if (headerNamed(packet, 'AuthType').toUpperCase() !== 'MD5')
      return headerNamed(packet, 'Secret') === secret;
    const key = createHash('md5').update(`${this.#challenge}${secret}`).digest('hex');
    return this.#challenge !== '' && headerNamed(packet, 'Key').toLowerCase() === key;
  }

  #write(packet: Packet): void {
    if (!this.#closed && !this.#silent && this.#socket.writable) this.#socket.write(encode(packet));
  }
}

const idOf = (asked: Packet): readonly Header[] => {
  const id = headerNamed(asked, 'ActionID');
  return id === '' ? [] : [['ActionID', id]];
};

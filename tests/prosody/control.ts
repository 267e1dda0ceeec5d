import { connect } from 'node:net';

/** A command that arrived at the PBX. */
export type HeardCommand = {
  readonly user: string;
  readonly name: string;
  readonly target?: string;
  readonly channel?: string;
};

export type ServerSession = {
  readonly user: string;
  readonly resource: string;
  readonly secure: boolean;
  /** Without a connection, waiting to be resumed. */
  readonly asleep: boolean;
  /** How often it was resumed. */
  readonly resumed: number;
};

/** `before`, then `text` as many `times` (once unless set), then `after`. */
export type Bytes = {
  readonly text: string;
  readonly times?: number;
  readonly before?: string;
  readonly after?: string;
};

/** What a test tells the PBX inside Prosody (mod_mobydick.lua). Users go by their lower-case name. */
export type Control = {
  /** Every command since the server started, in order. */
  readonly heard: () => Promise<readonly HeardCommand[]>;
  /** From now on this command gets an answer, or none. */
  readonly mute: (command: string, on: boolean) => Promise<void>;
  /**
   * Sends a ChannelEvent to all sessions of a user, through Prosody's routing: before this resolves, or
   * after so many seconds.
   */
  readonly event: (user: string, fields: Readonly<Record<string, string>>, after?: number) => Promise<void>;
  readonly phone: (user: string, state: 'free' | 'inCall' | 'absent') => Promise<void>;
  readonly journal: (user: string, entries: readonly Readonly<Record<string, string>>[]) => Promise<void>;
  readonly sessions: () => Promise<readonly ServerSession[]>;
  /** Writes bytes into a user's connections that Prosody itself would never write. */
  readonly raw: (user: string, bytes: Bytes) => Promise<void>;
  /** Starts to send this many ringing events, as fast as the client takes them. */
  readonly burst: (user: string, count: number) => Promise<void>;
  /** Forgets the sessions that could be resumed. */
  readonly forgetSleepers: () => Promise<void>;
  /** Resolves when the PBX is there; rejects when it is not. */
  readonly hello: () => Promise<void>;
};

const PATIENCE_MS = 10_000;

export function controlAt(port: number): Control {
  const order = async (what: string, details: object = {}): Promise<Record<string, unknown>> => {
    const answer: unknown = JSON.parse(await exchange(port, JSON.stringify({ do: what, ...details })));
    if (typeof answer !== 'object' || answer === null) throw new Error(`an answer to ${what} that is none`);
    if ('error' in answer) throw new Error(`${what}: ${String(answer.error)}`);
    return answer as Record<string, unknown>;
  };
  return {
    heard: async () => (await order('heard'))['heard'] as readonly HeardCommand[],
    mute: async (command, on) => void (await order('mute', { command, on })),
    event: async (user, fields, after) => void (await order('event', { user, fields, after })),
    phone: async (user, state) => void (await order('phone', { user, state })),
    journal: async (user, entries) => void (await order('journal', { user, entries })),
    sessions: async () => (await order('sessions'))['sessions'] as readonly ServerSession[],
    raw: async (user, bytes) => void (await order('raw', { user, ...bytes })),
    burst: async (user, count) => void (await order('burst', { user, count })),
    forgetSleepers: async () => void (await order('forget_sleepers')),
    hello: async () => void (await order('hello')),
  };
}

/** One line there, one line back, over a connection of its own: the server may be another one the next time. */
function exchange(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the PBX in Prosody does not answer')));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the PBX in Prosody hung up')));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (!answer.endsWith('\n')) return;
      resolve(answer);
      socket.destroy();
    });
    socket.write(`${line}\n`);
  });
}

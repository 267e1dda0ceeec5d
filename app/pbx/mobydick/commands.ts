import type { CommandFailure, CommandResult } from '../port.ts';
import { type Command, encodeCommand } from './codec/commands.ts';
import { decodeReply, type Reply } from './codec/incoming.ts';
import type { JournalEntry } from './codec/journal-entry.ts';
import type { Link } from './session/session.ts';
import type { About } from './trace.ts';

export type Commands = {
  /** Sends a command once. Resolves with the PBX's word, at the deadline, or when the session ends. */
  readonly send: (command: Command, about: About) => Promise<CommandResult>;
  /** Presses a key of a phone. */
  readonly press: (
    key: 'Offhook' | 'Hold',
    device: string | undefined,
    about: About,
  ) => Promise<CommandResult>;
  /** The newest finished calls, as many as `limit`; undefined when the PBX does not give them. */
  readonly journal: (limit: number) => Promise<readonly JournalEntry[] | undefined>;
};

/** Commands over whatever link is online when they are given. `deadline` in ms. */
export function createCommands(link: () => Link | undefined, deadline: number): Commands {
  const ask = async (command: Command, about: About): Promise<Reply | Refusal> => {
    const online = link();
    if (!online) return no('offline', 'not signed in');
    const answer = await online.ask(encodeCommand(command), deadline, about);
    if (answer.kind === 'unanswered') return no('unanswered', answer.why);
    if (answer.kind === 'error') {
      const detail = answer.text ? `${answer.condition}: ${answer.text}` : answer.condition;
      return no(UNSUPPORTED.includes(answer.condition) ? 'unsupported' : 'refused', detail);
    }
    const reply = decodeReply(answer.stanza);
    if (!reply.ok) return no('unanswered', reply.why);
    return reply.value.kind === 'failure' ? no('refused', reply.value.message) : reply.value;
  };
  const send = async (command: Command, about: About): Promise<CommandResult> => {
    const reply = await ask(command, about);
    return 'ok' in reply ? reply : { ok: true };
  };

  return {
    send,
    press: async (key, device, about) =>
      device === undefined
        ? no('unsupported', 'the PBX names no phone of this user')
        : send({ name: key, device }, about),
    journal: async (limit) => {
      const reply = await ask({ name: 'FindOwn', limit }, {});
      return 'kind' in reply && reply.kind === 'journal' ? reply.entries : undefined;
    },
  };
}

/** How a server says that nobody serves the command API (RFC 6120 section 8.3.3). */
const UNSUPPORTED: readonly string[] = ['service-unavailable', 'feature-not-implemented'];

type Refusal = CommandResult & { readonly ok: false };

const no = (code: CommandFailure, detail: string): Refusal => ({ ok: false, code, detail });

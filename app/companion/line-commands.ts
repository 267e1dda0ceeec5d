import { type Line, lineId } from '../lines/line.ts';
import type { LineCommands, Pending, Reply } from '../tsp/commands.ts';
import type { AccountCalls } from './account-calls.ts';
import type { EarlyCommands } from './early-commands.ts';
import type { Tracing } from './tracing.ts';

/** Where a command finds what it is about. */
export type CommandPorts = {
  readonly lines: () => Iterable<Line>;
  readonly accounts: () => Iterable<readonly [key: string, calls: AccountCalls]>;
  readonly nextCallId: () => number;
  readonly early: EarlyCommands;
  readonly tracing: Tracing;
};

/** Who asks: a TAPI program over the link, or a person at the companion. */
export type Asker = 'link' | 'core';

type Start = (calls: AccountCalls, line: Line, id: number, reply: Reply) => Pending;

/** What can be asked of a line or call, by the shim and by the window alike. */
export function lineCommands(asker: Asker, ports: CommandPorts): LineCommands {
  const { lines, accounts, nextCallId, early, tracing } = ports;
  const begin = (name: string, wanted: number, reply: Reply, start: Start): Pending => {
    const id = nextCallId();
    tracing.asked(asker, name, id);
    const answer = tracing.answered(asker, reply, id);
    return early.take({
      attempt: () => {
        const line = [...lines()].find(({ key }) => lineId(key) === wanted);
        const account = line && [...accounts()].find(([key]) => key === line.account);
        return line && account && start(account[1], line, id, answer);
      },
      fail: (error) => answer({ ok: false, error }),
    });
  };
  /** Something to be done with a call. `gone` is the answer where nobody has it. */
  const command = (
    name: string,
    call: number,
    reply: Reply,
    act: (calls: AccountCalls, answer: Reply) => void,
    gone: Parameters<Reply>[0] = { ok: false, error: 'invalidCallHandle' },
  ): void => {
    tracing.asked(asker, name, call);
    const answer = tracing.answered(asker, reply, call);
    const owner = [...accounts()].find(([, calls]) => calls.has(call));
    if (owner) act(owner[1], answer);
    else answer(gone);
  };
  // Nothing behind the PBX port can do it for certain, and `features` does not offer it: only a mistaken program asks.
  const refuse = (name: string, call: number, reply: Reply): Pending => {
    command(name, call, reply, (_, answer) => answer({ ok: false, error: 'operationUnavailable' }));
    return { cancel: () => undefined };
  };
  return {
    makeCall: (line, target, reply) =>
      begin('makeCall', line, reply, (calls, found, id, answer) => calls.makeCall(found, target, id, answer)),
    makeCallPart: (line, target, reply) =>
      begin('makeCallPart', line, reply, (calls, found, id, answer) =>
        calls.makeCallPart(found, target, id, answer),
      ),
    pickup: (line, target, reply) =>
      begin('pickup', line, reply, (calls, found, id, answer) => calls.pickup(found, target, id, answer)),
    pickupGroup: (line, group, reply) =>
      begin('pickupGroup', line, reply, (calls, found, id, answer) =>
        calls.pickupGroup(found, group, id, answer),
      ),
    command: (call, verb, reply) =>
      command(
        verb,
        call,
        reply,
        (calls, answer) => calls.command(call, verb, answer),
        // A call that is over is dropped with success: TAPI programs drop twice.
        verb === 'drop' ? { ok: true, call } : undefined,
      ),
    commandNumber: (call, verb, target, reply) => {
      if (verb === 'redirect') refuse(verb, call, reply);
      else if (verb === 'blindTransfer')
        command(verb, call, reply, (calls, answer) => calls.blindTransfer(call, target, answer));
      else command(verb, call, reply, (calls, answer) => calls.dial(call, target, verb === 'dial', answer));
    },
    setupTransfer: (call, _target, reply) => refuse('setupTransfer', call, reply),
    commandPair: (call, verb, _other, reply) => void refuse(verb, call, reply),
    generateDigits: (call, _digits, _duration, reply) => refuse('generateDigits', call, reply),
  };
}

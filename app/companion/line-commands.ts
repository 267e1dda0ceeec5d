import { type Line, lineId } from '../lines/line.ts';
import type { LineCommands, Pending, Reply } from '../tsp/commands.ts';
import type { AccountCalls } from './account-calls.ts';
import type { EarlyCommands } from './early-commands.ts';
import { nothingPending } from './outcomes.ts';
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
  /** Something that a call is there for. `gone` is the answer where nobody has it. */
  const ask = (
    name: string,
    call: number,
    reply: Reply,
    act: (calls: AccountCalls, answer: Reply) => Pending,
    gone: Parameters<Reply>[0] = { ok: false, error: 'invalidCallHandle' },
  ): Pending => {
    tracing.asked(asker, name, call);
    const answer = tracing.answered(asker, reply, call);
    const owner = [...accounts()].find(([, calls]) => calls.has(call));
    if (owner) return act(owner[1], answer);
    answer(gone);
    return nothingPending;
  };
  /** The same for what is done at once, or not at all. */
  const command = (
    name: string,
    call: number,
    reply: Reply,
    act: (calls: AccountCalls, answer: Reply) => void,
    gone?: Parameters<Reply>[0],
  ): void => {
    const acted = (calls: AccountCalls, answer: Reply): Pending => {
      act(calls, answer);
      return nothingPending;
    };
    ask(name, call, reply, acted, gone);
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
      command(verb, call, reply, (calls, answer) => {
        if (verb === 'blindTransfer' || verb === 'redirect') calls[verb](call, target, answer);
        else calls.dial(call, target, verb === 'dial', answer);
      });
    },
    setupTransfer: (call, target, reply) => {
      const id = nextCallId();
      return ask('setupTransfer', call, reply, (calls, answer) =>
        calls.setupTransfer(call, target, id, answer),
      );
    },
    commandPair: (call, verb, other, reply) => {
      command(verb, call, reply, (calls, answer) => {
        if (verb === 'completeTransfer') calls.completeTransfer(call, other, answer);
        // No PBX behind the port can do both at once, and `features` does not offer it: only a mistaken program asks.
        else answer({ ok: false, error: 'operationUnavailable' });
      });
    },
    // The port's PBXs have a length of their own for a digit.
    generateDigits: (call, digits, _duration, reply) =>
      ask('generateDigits', call, reply, (calls, answer) => calls.generateDigits(call, digits, answer)),
  };
}

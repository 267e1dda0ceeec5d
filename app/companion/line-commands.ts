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
  // Nothing behind the PBX port can do it, and `features` does not offer it: only a mistaken program asks.
  const refuse = (name: string, call: number, reply: Reply): Pending => {
    tracing.asked(asker, name, call);
    const known = [...accounts()].some(([, calls]) => calls.has(call));
    const error = known ? 'operationUnavailable' : 'invalidCallHandle';
    tracing.answered(asker, reply, call)({ ok: false, error });
    return { cancel: () => undefined };
  };
  const refuseNew = (name: string, reply: Reply): Pending => {
    const id = nextCallId();
    tracing.asked(asker, name, id);
    tracing.answered(asker, reply, id)({ ok: false, error: 'operationUnavailable' });
    return { cancel: () => undefined };
  };
  return {
    makeCallPart: (_line, _target, reply) => refuseNew('makeCallPart', reply),
    pickupGroup: (_line, _group, reply) => refuseNew('pickupGroup', reply),
    setupTransfer: (call, _target, reply) => refuse('setupTransfer', call, reply),
    generateDigits: (call, _digits, _duration, reply) => refuse('generateDigits', call, reply),
    commandNumber: (call, verb, _target, reply) => void refuse(verb, call, reply),
    commandPair: (call, verb, _other, reply) => void refuse(verb, call, reply),
    makeCall: (line, target, reply) =>
      begin('makeCall', line, reply, (calls, found, id, answer) => calls.makeCall(found, target, id, answer)),
    pickup: (line, target, reply) =>
      begin('pickup', line, reply, (calls, found, id, answer) => calls.pickup(found, target, id, answer)),
    command: (call, verb, reply) => {
      tracing.asked(asker, verb, call);
      const answer = tracing.answered(asker, reply, call);
      const owner = [...accounts()].find(([, calls]) => calls.has(call));
      // A call that is over is dropped with success: TAPI programs drop twice.
      if (!owner) answer(verb === 'drop' ? { ok: true, call } : { ok: false, error: 'invalidCallHandle' });
      else if (verb === 'answer' || verb === 'drop') owner[1][verb](call, answer);
      else answer({ ok: false, error: 'operationUnavailable' });
    },
  };
}

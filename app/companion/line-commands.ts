import { type Line, lineId } from '../lines/line.ts';
import type { LineCommands, Pending, Reply } from '../tsp/commands.ts';
import type { AccountCalls } from './account-calls.ts';
import type { Tracing } from './tracing.ts';

/** Where a command finds what it is about. */
export type CommandPorts = {
  readonly lines: () => Iterable<Line>;
  readonly accounts: () => Iterable<readonly [key: string, calls: AccountCalls]>;
  readonly nextCallId: () => number;
  readonly tracing: Tracing;
};

/** Who asks: a TAPI program over the link, or a person at the companion. */
export type Asker = 'link' | 'core';

type Start = (calls: AccountCalls, line: Line, id: number, reply: Reply) => Pending;

/** What can be asked of a line or call, by the shim and by the window alike. */
export function lineCommands(asker: Asker, ports: CommandPorts): LineCommands {
  const { lines, accounts, nextCallId, tracing } = ports;
  const begin = (name: string, wanted: number, reply: Reply, start: Start): Pending => {
    const id = nextCallId();
    tracing.asked(asker, name, id);
    const answer = tracing.answered(asker, reply, id);
    const line = [...lines()].find(({ key }) => lineId(key) === wanted);
    const account = line && [...accounts()].find(([key]) => key === line.account);
    if (line && account) return start(account[1], line, id, answer);
    answer({ ok: false, error: 'invalidLineHandle' });
    return { cancel: () => undefined };
  };
  return {
    makeCall: (line, target, reply) =>
      begin('makeCall', line, reply, (calls, found, id, answer) => calls.makeCall(found, target, id, answer)),
    pickup: (line, target, reply) =>
      begin('pickup', line, reply, (calls, found, id, answer) => calls.pickup(found, target, id, answer)),
    command: (call, verb, reply) => {
      tracing.asked(asker, verb, call);
      const answer = tracing.answered(asker, reply, call);
      const owner = [...accounts()].find(([, calls]) => calls.has(call));
      if (owner) owner[1][verb](call, answer);
      // A call that is over is dropped with success: TAPI programs drop twice.
      else answer(verb === 'drop' ? { ok: true, call } : { ok: false, error: 'invalidCallHandle' });
    },
  };
}

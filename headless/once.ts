import { type ParsedArguments, USAGE } from './arguments.ts';
import { printDialPlan, printManagerSection } from './dial-plan.ts';
import type { Terminal } from './terminal.ts';
import { testOnTerminal } from './test-command.ts';

/** A command that does one thing and ends. */
export type OnceCommand = Exclude<
  Extract<ParsedArguments, { readonly ok: true }>,
  { readonly command: 'run' }
>;

/** Does what the command says. Resolves to the exit code, once everything is printed. */
export async function doOnce(asked: OnceCommand, terminal: Terminal): Promise<number> {
  const code = await carryOut(asked, terminal);
  await terminal.flushed();
  return code;
}

function carryOut(asked: OnceCommand, terminal: Terminal): number | Promise<number> {
  switch (asked.command) {
    case 'test':
      return testOnTerminal(asked.options, terminal);
    case 'dial-plan':
      return printDialPlan(asked.options, terminal);
    case 'manager-user':
      return printManagerSection(asked.options, terminal);
    case 'help':
      terminal.print(`${USAGE}\n`);
      return 0;
  }
}

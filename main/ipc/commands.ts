import { ipcMain, type WebContents } from 'electron';
import {
  CHANNEL,
  type CommandArguments,
  type CommandName,
  type CommandResults,
  type WindowKind,
} from '../../contract/renderer-api.ts';
import { checkRequest, type Request } from './request.ts';

/** What main does for each command. One that is missing does not compile. */
export type Handlers = {
  readonly [Name in CommandName]: (
    args: CommandArguments<Name>,
    from: WindowKind,
  ) => CommandResults[Name] | Promise<CommandResults[Name]>;
};

export type CommandPorts = {
  readonly kindOf: (contents: WebContents) => WindowKind | undefined;
  /** A command was refused before it was one. */
  readonly refused: (why: string) => void;
};

/**
 * Takes the commands of all pages: the only place where something from a page comes in. What is no allowed command of a
 * known window is refused with a sentence and told.
 */
export function takeCommands(handlers: Handlers, { kindOf, refused }: CommandPorts): void {
  ipcMain.handle(CHANNEL.command, ({ sender, senderFrame }, name: unknown, args: unknown) => {
    const frame = senderFrame
      ? { isMain: senderFrame.parent === null, origin: senderFrame.origin }
      : undefined;
    const checked = checkRequest({ kind: kindOf(sender), frame }, name, args);
    if (checked.ok) return perform(handlers, checked.request, checked.kind);
    refused(checked.why);
    throw new Error(checked.why);
  });
}

/** Each handler gets the arguments of its own command: the request was checked as a whole. */
function perform<Name extends CommandName>(
  handlers: Handlers,
  { name, args }: Request & { readonly name: Name },
  from: WindowKind,
): CommandResults[Name] | Promise<CommandResults[Name]> {
  return handlers[name](args as CommandArguments<Name>, from);
}

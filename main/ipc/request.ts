import * as v from 'valibot';
import {
  type CommandArguments,
  type CommandName,
  rights,
  type WindowKind,
} from '../../contract/renderer-api.ts';
import { commandArguments } from '../../contract/renderer-arguments.ts';
import { PAGES_ORIGIN } from '../windows/page-address.ts';

/** A frame that asks, as far as it matters who it is. */
export type Asker = {
  /** The window it is in; undefined when it is none of ours. */
  readonly kind: WindowKind | undefined;
  /** Undefined when the frame is gone already. */
  readonly frame: { readonly isMain: boolean; readonly origin: string } | undefined;
};

/** A command with its arguments, as they were checked. */
export type Request = {
  [Name in CommandName]: { readonly name: Name; readonly args: CommandArguments<Name> };
}[CommandName];

export type Checked =
  | { readonly ok: true; readonly kind: WindowKind; readonly request: Request }
  /** `why` is for the trace and for whoever wrote the page; nothing of the arguments is in it. */
  | { readonly ok: false; readonly why: string };

/** Checks who asks, whether that window may ask it, and every argument. The only way from a page to a command. */
export function checkRequest({ kind, frame }: Asker, name: unknown, args: unknown): Checked {
  if (kind === undefined) return refuse('A command came from a window that is not known.');
  if (!frame?.isMain) return refuse(`A command came from inside a frame of the window ${kind}.`);
  if (frame.origin !== PAGES_ORIGIN)
    return refuse(`A command came from a foreign page in the window ${kind}.`);
  if (!isCommand(name)) return refuse(`The window ${kind} asked for a command that does not exist.`);
  if (!rights[kind].commands.includes(name)) return refuse(`The window ${kind} may not ask for ${name}.`);
  const parsed = v.safeParse(commandArguments[name], args);
  if (!parsed.success) return refuse(`The arguments of ${name} are wrong: ${places(name, parsed.issues)}.`);
  return { ok: true, kind, request: { name, args: parsed.output } as Request };
}

const refuse = (why: string): Checked => ({ ok: false, why });

const isCommand = (name: unknown): name is CommandName =>
  typeof name === 'string' && Object.hasOwn(commandArguments, name);

/** Which fields, and the kind of check they failed: never what was sent, not even as the name of a field. */
function places(name: CommandName, issues: readonly v.BaseIssue<unknown>[]): string {
  const fields = Object.keys(commandArguments[name].entries);
  const place = (path: string | null) =>
    path === null
      ? 'the whole'
      : (fields.find((field) => path === field || path.startsWith(`${field}.`)) ??
        'a field it does not have');
  return issues.map((issue) => `${place(v.getDotPath(issue))} (${issue.type})`).join(', ');
}

import type {
  Bridge,
  CommandArguments,
  CommandName,
  CommandResults,
  Outcome,
} from '../contract/renderer-api.ts';

declare global {
  interface Window {
    /** Put there by the preload, before any script of the page runs. */
    readonly tapline: Bridge;
  }
}

/** The one way out of a page. */
export const bridge: Bridge = window.tapline;

/** Commands that answer whether they worked, and nothing else. */
export type Act = {
  [Name in CommandName]: CommandResults[Name] extends Outcome ? Name : never;
}[CommandName];

/** A command of which nobody waits for the end. Main notes a refusal; a page has no more to say about it. */
export function tell<Name extends CommandName>(name: Name, args: CommandArguments<Name>): void {
  bridge.invoke(name, args).catch(() => undefined);
}

import { useRef, useState } from 'react';
import type { AccountView } from '../../contract/renderer-api.ts';
import { useSlice } from '../state.ts';
import { type Command, useCommand } from '../use-command.ts';

/** Signing out of an account, with the question before it. */
export type SigningOut = {
  /** The account that somebody wants to sign out of, until the question is answered. */
  readonly asking: AccountView | undefined;
  readonly ask: (account: AccountView) => void;
  readonly confirm: () => void;
  readonly cancel: () => void;
  readonly command: Command<'signOut'>;
};

/** The state of signing out. After a No the focus is where it was. */
export function useSignOut(): SigningOut {
  const accounts = useSlice('accounts');
  const [wanted, setWanted] = useState<string>();
  const command = useCommand('signOut');
  const from = useRef<Element | null>(null);
  const asking = accounts.find(({ key }) => key === wanted);
  return {
    asking,
    command,
    ask: ({ key, demo }) => {
      from.current = document.activeElement;
      // A demo has no password to lose.
      if (demo) void command.run({ account: key });
      else setWanted(key);
    },
    confirm: () => {
      setWanted(undefined);
      if (asking) void command.run({ account: asking.key });
    },
    cancel: () => {
      setWanted(undefined);
      // The button may have been made anew meanwhile.
      requestAnimationFrame(() => {
        const exit = from.current?.isConnected
          ? from.current
          : document.querySelector('.footer button:last-of-type');
        if (exit instanceof HTMLElement) exit.focus();
      });
    },
  };
}

import type { Slices, VerbView } from '../../contract/renderer-api.ts';
import { otherText } from '../calls/party-text.ts';
import type { Texts } from '../text/texts.ts';

/** What an entry of the tray menu does. */
export type MenuAction =
  | { readonly do: 'dial' | 'diagnostics' | 'signIn' | 'quit' }
  | { readonly do: 'signOut'; readonly account: string }
  | { readonly do: 'call'; readonly verb: VerbView; readonly call: number };

export type MenuEntry = { readonly label: string; readonly action: MenuAction } | 'separator';

/** Calls in the menu; more are in the flyout. */
const MAX_CALLS = 4;

/** The tray menu: only what is possible now, every call with exactly its verbs. */
export function trayMenu({ accounts, calls, lines }: Slices, texts: Texts): MenuEntry[] {
  const { menu } = texts;
  const entry = (label: string, action: MenuAction): MenuEntry => ({ label: oneLine(label), action });
  const callEntries = calls
    .slice(0, MAX_CALLS)
    .flatMap((call) =>
      call.verbs.map((verb) =>
        entry(menu[verb](otherText(call, texts)), { do: 'call', verb, call: call.id }),
      ),
    );
  const canDial = lines.some((line) => line.inService && line.canDial);
  return [
    ...callEntries,
    ...(callEntries.length > 0 ? ['separator' as const] : []),
    ...(canDial ? [entry(menu.dial, { do: 'dial' })] : []),
    entry(menu.diagnostics, { do: 'diagnostics' }),
    'separator',
    // To sign in ends the demo: that is no other account.
    entry(accounts.some(({ demo }) => !demo) ? menu.signInOther : menu.signIn, { do: 'signIn' }),
    ...accounts.map(({ key, user, server }) =>
      entry(accounts.length === 1 ? menu.signOut : menu.signOutOf(`${user}, ${server}`), {
        do: 'signOut',
        account: key,
      }),
    ),
    entry(menu.quit, { do: 'quit' }),
  ];
}

/** A name from outside is no markup: in a menu, & marks the next letter. */
const oneLine = (label: string): string => label.replace(/\s+/g, ' ').replaceAll('&', '&&');

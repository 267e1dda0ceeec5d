import type { AccountView, CallView, Slices } from '../../contract/renderer-api.ts';
import { otherText, partyText } from '../calls/party-text.ts';
import { isRinging } from '../calls/ringing.ts';
import type { Texts } from '../text/texts.ts';

/** What the tray icon says by its shape. */
export const trayStates = ['idle', 'offline', 'ringing', 'inCall', 'attention'] as const;
export type TrayState = (typeof trayStates)[number];

export type TrayLook = { readonly state: TrayState; readonly tooltip: string };

/** Windows cuts tooltips here, in characters. */
const MAX_TOOLTIP = 127;

/** What needs somebody most comes first. */
const WORST_FIRST: readonly AccountView['state'][] = ['failed', 'waiting', 'stopped', 'connecting', 'online'];

type Look = {
  readonly state: TrayState;
  readonly words: string;
  /** Whom it is about: a line or an account. */
  readonly name?: string | undefined;
};

/** The icon's state and the same in words. What needs somebody most wins; of several accounts, the worst. */
export function trayLook(slices: Slices, texts: Texts): TrayLook {
  const { state, words, name } = look(slices, texts);
  const tooltip = `Tapline${name ? ` – ${name}` : ''}: ${words}`;
  return { state, tooltip: tooltip.length > MAX_TOOLTIP ? `${tooltip.slice(0, MAX_TOOLTIP - 1)}…` : tooltip };
}

function look({ accounts, calls, lines }: Slices, texts: Texts): Look {
  const { tray } = texts;
  const lineOf = ({ line }: CallView) => lines.find(({ key }) => key === line)?.name;
  const ringing = calls.find(isRinging);
  if (ringing)
    return {
      state: 'ringing',
      words: tray.ringing(partyText(ringing.caller, texts)),
      name: lineOf(ringing),
    };
  const [call] = calls.filter(({ state }) => state !== 'idle' && state !== 'disconnected');
  if (call) return { state: 'inCall', words: tray.inCall(otherText(call, texts)), name: lineOf(call) };

  const state = WORST_FIRST.find((one) => accounts.some((account) => account.state === one));
  const worst = accounts.find((account) => account.state === state);
  if (!worst) return { state: 'offline', words: tray.signedOut };
  const name = nameOf(worst, accounts, lines);
  if (state === 'failed') return { state: 'attention', words: tray.attention, name };
  if (state === 'connecting') return { state: 'offline', words: tray.connecting, name };
  return state === 'online'
    ? { state: 'idle', words: tray.idle, name }
    : { state: 'offline', words: tray.offline, name };
}

/** One account is known by its line. Of several, only one that is not as it should be is named. */
function nameOf(
  worst: AccountView,
  accounts: Slices['accounts'],
  lines: Slices['lines'],
): string | undefined {
  if (accounts.length === 1) return lines[0]?.name;
  return worst.state === 'online' ? undefined : `${worst.user}, ${worst.server}`;
}

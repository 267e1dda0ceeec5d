import type { Slices } from '../../contract/renderer-api.ts';
import { otherText, partyText } from '../calls/party-text.ts';
import { isRinging } from '../calls/ringing.ts';
import type { Texts } from '../text/texts.ts';

/** What the tray icon says by its shape. */
export const trayStates = ['idle', 'offline', 'ringing', 'inCall', 'attention'] as const;
export type TrayState = (typeof trayStates)[number];

export type TrayLook = { readonly state: TrayState; readonly tooltip: string };

/** Windows cuts tooltips here, in characters. */
const MAX_TOOLTIP = 127;

/** The icon's state and the same in words. What needs somebody most wins. */
export function trayLook(slices: Slices, texts: Texts): TrayLook {
  const { state, words } = look(slices, texts);
  const name = slices.lines[0]?.name;
  const tooltip = `Tapline${name ? ` – ${name}` : ''}: ${words}`;
  return { state, tooltip: tooltip.length > MAX_TOOLTIP ? `${tooltip.slice(0, MAX_TOOLTIP - 1)}…` : tooltip };
}

function look(
  { account, calls }: Slices,
  texts: Texts,
): { readonly state: TrayState; readonly words: string } {
  const { tray } = texts;
  const ringing = calls.find(isRinging);
  if (ringing) return { state: 'ringing', words: tray.ringing(partyText(ringing.caller, texts)) };
  const [call] = calls.filter(({ state }) => state !== 'idle' && state !== 'disconnected');
  if (call) return { state: 'inCall', words: tray.inCall(otherText(call, texts)) };
  if (!account) return { state: 'offline', words: tray.signedOut };
  if (account.state === 'failed') return { state: 'attention', words: tray.attention };
  if (account.state === 'connecting') return { state: 'offline', words: tray.connecting };
  return account.state === 'online'
    ? { state: 'idle', words: tray.idle }
    : { state: 'offline', words: tray.offline };
}

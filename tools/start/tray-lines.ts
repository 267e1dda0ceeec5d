import type { MenuEntry, Recorded, TrayState } from '../electron/control/messages.ts';

/** What a line typed at the terminal means. */
export type Typed =
  | { readonly do: 'click' }
  | { readonly do: 'choose'; readonly labels: readonly string[] }
  | { readonly do: 'quit' }
  | { readonly do: 'help' };

type Choice = { readonly labels: readonly string[]; readonly enabled: boolean };

/** The items that can be chosen, in the order a person sees them. */
function choices(menu: readonly MenuEntry[], above: readonly string[] = []): Choice[] {
  return menu
    .filter(({ type }) => type !== 'separator')
    .flatMap(({ label, enabled, submenu }) => {
      const labels = [...above, label];
      return submenu.length > 0 ? choices(submenu, labels) : [{ labels, enabled }];
    });
}

/** The tray as lines of text: what its tooltip says, and its menu with a number for each item. */
export function trayLines({ tooltip, menu }: TrayState): string[] {
  const items = choices(menu).map(
    ({ labels, enabled }, i) => `  ${i + 1}  ${labels.join(' › ')}${enabled ? '' : ' (not now)'}`,
  );
  return [tooltip, ...items, '  Enter clicks on the tray icon, a number chooses, q quits.'];
}

/** The meaning of a typed line, given the menu of the moment. */
export function readTyped(line: string, menu: readonly MenuEntry[]): Typed {
  const word = line.trim().toLowerCase();
  if (word === '') return { do: 'click' };
  if (word === 'q') return { do: 'quit' };
  const choice = /^\d+$/.test(word) ? choices(menu)[Number(word) - 1] : undefined;
  return choice?.enabled ? { do: 'choose', labels: choice.labels } : { do: 'help' };
}

/** What a person at a terminal has to be told of something that happened; undefined: nothing. */
export function told(recorded: Recorded): string | undefined {
  switch (recorded.what) {
    case 'notification': {
      const { title, body, shown } = recorded.notification;
      return shown ? `Notification: ${title}. ${body}` : undefined;
    }
    case 'errorBox':
      return `${recorded.title}: ${recorded.content}`;
    case 'problem':
      return `The stand-in for Electron: ${recorded.problem}`;
    case 'openedExternally':
      return `A browser would open ${recorded.url}`;
    case 'saveDialog':
      return 'The stand-in has no dialog to choose a file: nothing is saved.';
    default:
      return undefined;
  }
}

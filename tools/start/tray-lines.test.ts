import { describe, expect, it } from 'vitest';
import type { MenuEntry, TrayState } from '../electron/control/messages.ts';
import { readTyped, told, trayLines } from './tray-lines.ts';

const item = (label: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
  label,
  type: 'normal',
  enabled: true,
  checked: false,
  submenu: [],
  ...more,
});

const tray: TrayState = {
  image: 'tray.png',
  tooltip: 'Tapline – ready',
  menu: [
    item('Dial…'),
    item('', { type: 'separator' }),
    item('Answer', { enabled: false }),
    item('Help', { type: 'submenu', submenu: [item('Diagnostics')] }),
  ],
};

describe('the tray at a terminal', () => {
  it('is its tooltip and its menu, with a number for whatever can be chosen', () => {
    expect(trayLines(tray)).toEqual([
      'Tapline – ready',
      '  1  Dial…',
      '  2  Answer (not now)',
      '  3  Help › Diagnostics',
      '  Enter clicks on the tray icon, a number chooses, q quits.',
    ]);
  });

  it.each([
    ['', { do: 'click' }],
    [' q ', { do: 'quit' }],
    ['1', { do: 'choose', labels: ['Dial…'] }],
    ['3', { do: 'choose', labels: ['Help', 'Diagnostics'] }],
    ['2', { do: 'help' }],
    ['4', { do: 'help' }],
    ['0', { do: 'help' }],
    ['dial', { do: 'help' }],
  ])('takes %j', (line, meaning) => {
    expect(readTyped(line, tray.menu)).toEqual(meaning);
  });

  it('tells a notification once, when it is shown', () => {
    const notification = { title: 'Call', body: '831', actions: [], shown: true };
    expect(told({ what: 'notification', notification })).toBe('Notification: Call. 831');
    expect(told({ what: 'notification', notification: { ...notification, shown: false } })).toBeUndefined();
    expect(told({ what: 'ready' })).toBeUndefined();
  });
});

import type { MenuItemConstructorOptions } from 'electron';
import type { MenuEntry } from '../control/messages.ts';
import { strictEnd } from '../strict.ts';
import { app } from './app.ts';
import { EVENTS, StrictEmitter } from './emitter.ts';
import { record } from './runtime.ts';

type ItemType = NonNullable<MenuItemConstructorOptions['type']>;

export class MenuItem {
  readonly id: string;
  readonly type: ItemType;
  readonly role: MenuItemConstructorOptions['role'];
  readonly submenu: Menu | undefined;
  readonly click: () => void;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;

  constructor(options: MenuItemConstructorOptions) {
    const { submenu, role, click } = options;
    this.id = options.id ?? '';
    this.role = role;
    this.label = options.label ?? (role ? role : '');
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined;
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (role === 'quit') app.quit();
      else click?.(this as never, undefined, {} as never);
    };
  }
}
Object.setPrototypeOf(
  MenuItem.prototype,
  strictEnd(Object.prototype, () => 'MenuItem'),
);

let applicationMenu: Menu | null = null;
let opened: Menu | undefined;

/** The menu that was opened last by Menu.popup. */
export const openedMenu = (): Menu | undefined => opened;

export class Menu extends StrictEmitter {
  static override readonly [EVENTS] = ['menu-will-show', 'menu-will-close'];
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    const menu = new Menu();
    for (const options of template) menu.items.push(new MenuItem(options));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }

  popup(_options: object = {}): void {
    opened = this;
    this.emit('menu-will-show', {});
    record({ what: 'contextMenu', menu: menuEntries(this) });
  }
}

/** What a person sees of a menu. */
export const menuEntries = (menu: Menu | undefined): MenuEntry[] =>
  (menu?.items ?? [])
    .filter(({ visible }) => visible)
    .map(({ label, type, enabled, checked, submenu }) => ({
      label,
      type,
      enabled,
      checked,
      submenu: menuEntries(submenu),
    }));

/** Clicks on an item, named by the labels on the way to it. Refuses what a person could not click on. */
export function clickMenu(menu: Menu | undefined, labels: readonly string[]): void {
  const [label, ...below] = labels;
  const item = menu?.items.find((candidate) => candidate.visible && candidate.label === label);
  if (!item) throw new Error(`the menu has no item ${label}`);
  if (!item.enabled) throw new Error(`the item ${label} is disabled`);
  if (below.length > 0) clickMenu(item.submenu, below);
  else item.click();
}

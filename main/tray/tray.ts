import { join } from 'node:path';
import { Menu, nativeTheme, Tray } from 'electron';
import type { Slices } from '../../contract/renderer-api.ts';
import type { Texts } from '../text/texts.ts';
import type { Area } from '../windows/placement.ts';
import { type MenuAction, trayMenu } from './menu.ts';
import { type TrayState, trayLook } from './state.ts';

export type TrayPorts = {
  /** Folder of the icons. */
  readonly icons: string;
  readonly texts: Texts;
  readonly slices: () => Slices;
  readonly clicked: () => void;
  readonly chosen: (action: MenuAction) => void;
};

/** File of the icon for a state, on a light or dark taskbar. */
export function trayIconFile(state: TrayState, dark: boolean, platform: NodeJS.Platform): string {
  return `tray-${state}-${dark ? 'dark' : 'light'}.${platform === 'win32' ? 'ico' : 'png'}`;
}

/** The icon beside the clock. It changes only when what it says does. */
export class TrayIcon {
  readonly #ports: TrayPorts;
  readonly #tray: Tray;
  #icon = '';
  #tooltip = '';
  #menu = '';

  constructor(ports: TrayPorts) {
    this.#ports = ports;
    this.#tray = new Tray(this.#iconPath());
    this.#tray.on('click', ports.clicked);
    nativeTheme.on('updated', this.update);
    this.update();
  }

  /** Where it is on the screen; of no size where the system does not tell. */
  area(): Area {
    return this.#tray.getBounds();
  }

  /** The state has changed. */
  readonly update = (): void => {
    const { slices, texts, chosen } = this.#ports;
    const icon = this.#iconPath();
    if (icon !== this.#icon) this.#tray.setImage(icon);
    this.#icon = icon;
    const { tooltip } = trayLook(slices(), texts);
    if (tooltip !== this.#tooltip) this.#tray.setToolTip(tooltip);
    this.#tooltip = tooltip;
    const entries = trayMenu(slices(), texts);
    const menu = JSON.stringify(entries);
    if (menu === this.#menu) return;
    this.#menu = menu;
    const template = entries.map(
      (entry): Electron.MenuItemConstructorOptions =>
        entry === 'separator'
          ? { type: 'separator' }
          : { label: entry.label, click: () => chosen(entry.action) },
    );
    this.#tray.setContextMenu(Menu.buildFromTemplate(template));
  };

  destroy(): void {
    nativeTheme.off('updated', this.update);
    this.#tray.destroy();
  }

  /** The taskbar has a theme of its own on Windows. */
  #iconPath(): string {
    const { icons, slices, texts } = this.#ports;
    const { state } = trayLook(slices(), texts);
    return join(
      icons,
      trayIconFile(state, nativeTheme.shouldUseDarkColorsForSystemIntegratedUI, process.platform),
    );
  }
}

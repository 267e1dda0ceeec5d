/** Everything the stand-in offers exists in electron.d.ts, under that name and on that class: nothing is invented. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { app, becomeReady } from './module/app.ts';
import { BrowserWindow } from './module/browser-window.ts';
import { electron } from './module/electron.ts';
import { EVENTS } from './module/emitter.ts';
import { setRuntime } from './module/runtime.ts';
import { WebFrameMain } from './module/web-frame-main.ts';
import { createIpcRenderer } from './worlds/isolated-world.ts';

const root = join(import.meta.dirname, '../..');
const declarations = readFileSync(join(root, 'node_modules/electron/electron.d.ts'), 'utf8');
const emitterMembers = Object.getOwnPropertyNames(EventEmitter.prototype);

/** The members that electron.d.ts gives a class or interface, with those of its parents; events as `on(…)`. */
function declared(name: string): { members: Set<string>; statics: Set<string>; events: Set<string> } {
  const found = new RegExp(`^  (?:class|interface) ${name}\\b([^{]*)\\{([\\s\\S]*?)^  \\}`, 'm').exec(
    declarations,
  );
  if (!found) throw new Error(`electron.d.ts has no ${name}`);
  const [, heritage = '', body = ''] = found;
  const parent = /extends ([\w.]+)/.exec(heritage)?.[1];
  const inherited = parent && !parent.includes('EventEmitter') ? declared(parent) : undefined;
  const names = (pattern: RegExp): string[] => [...body.matchAll(pattern)].map(([, member]) => member ?? '');
  return {
    members: new Set([
      ...(inherited?.members ?? []),
      ...(parent?.includes('EventEmitter') ? emitterMembers : []),
      ...names(/^ {4}(?:readonly |get |set )?(\w+)[?(<:]/gm),
    ]),
    statics: new Set([...(inherited?.statics ?? []), ...names(/^ {4}static (\w+)[(<:]/gm)]),
    events: new Set([...(inherited?.events ?? []), ...names(/^ {4}on\(event: '([^']+)'/gm)]),
  };
}

/** The names that an object answers to, its own and those of its classes. */
function offered(object: object): string[] {
  const names = new Set<string>();
  const ends: object[] = [Object.prototype, Function.prototype, EventEmitter.prototype];
  for (let at: object | null = object; at && !ends.includes(at); at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  const language = ['constructor', ...Object.getOwnPropertyNames(Object.prototype)];
  const emitters = ['_events', '_eventsCount', '_maxListeners', ...emitterMembers];
  return [...names].filter((name) => !language.includes(name) && !emitters.includes(name));
}

const staticsOf = (owner: object): string[] =>
  Object.getOwnPropertyNames(owner).filter((name) => !['length', 'name', 'prototype'].includes(name));

const modules: readonly [keyof typeof electron, string][] = [
  ['app', 'App'],
  ['clipboard', 'Clipboard'],
  ['dialog', 'Dialog'],
  ['ipcMain', 'IpcMain'],
  ['nativeTheme', 'NativeTheme'],
  ['powerMonitor', 'PowerMonitor'],
  ['protocol', 'Protocol'],
  ['screen', 'Screen'],
  ['shell', 'Shell'],
];
const classes = ['BrowserWindow', 'Menu', 'MenuItem', 'Notification', 'Tray'] as const;

/** One of everything that is made rather than given. */
function instances(): readonly [string, object][] {
  const window = new BrowserWindow({ show: false });
  const menu = electron.Menu.buildFromTemplate([{ label: 'Quit' }]);
  return [
    ['BrowserWindow', window],
    ['WebContents', window.webContents],
    ['Session', electron.session.defaultSession],
    ['WebFrameMain', new WebFrameMain(1, () => '')],
    ['Menu', menu],
    ['MenuItem', menu.items[0] ?? {}],
    ['NativeImage', electron.nativeImage.createEmpty()],
    ['Notification', new electron.Notification()],
    ['Tray', new electron.Tray('tray.png')],
    ['IpcRenderer', createIpcRenderer(() => undefined).ipcRenderer],
    ...modules.map(([module, name]): [string, object] => [name, electron[module]]),
  ];
}

function inventedMembers([name, object]: readonly [string, object]): string[] {
  const { members } = declared(name);
  return offered(object)
    .filter((member) => !members.has(member))
    .map((member) => `${name}.${member}`);
}

function inventedEvents([name, object]: readonly [string, object]): string[] {
  const { events } = declared(name);
  const emitted = (object.constructor as { [EVENTS]?: readonly string[] })[EVENTS] ?? [];
  return emitted.filter((event) => !events.has(event)).map((event) => `${name} ${event}`);
}

describe('the stand-in offers nothing that Electron does not have', () => {
  beforeAll(() => {
    const configuration = {
      main: '',
      env: {},
      controlPort: 0,
      browser: '',
      headed: false,
      appPath: root,
      userData: '',
      locale: 'en-US',
      dark: false,
      firstInstance: true,
    };
    const browser = new Promise<never>(() => undefined);
    setRuntime({
      configuration,
      browser,
      schemes: new Set(),
      record: () => undefined,
      exit: () => undefined,
    });
    becomeReady(app);
  });

  it('has no module that Electron lacks', () => {
    const known = [...declarations.matchAll(/^ {4}(?:const|class) (\w+)\b/gm)].map(([, name]) => name);
    expect(Object.keys(electron).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has no member that Electron lacks', () => {
    expect(instances().flatMap(inventedMembers)).toEqual([]);
  });

  it('has no static member that Electron lacks', () => {
    const invented = classes.flatMap((name) => {
      const { statics } = declared(name);
      return staticsOf(electron[name])
        .filter((member) => !statics.has(member))
        .map((member) => `${name}.${member}`);
    });
    const images = Object.keys(electron.nativeImage).filter(
      (name) => !declared('NativeImage').statics.has(name),
    );
    expect([...invented, ...images]).toEqual([]);
  });

  it('emits no event that Electron does not', () => {
    expect(instances().flatMap(inventedEvents)).toEqual([]);
  });

  it('would be caught inventing', () => {
    class Odd extends electron.Tray {
      static override readonly [EVENTS] = ['click', 'shake'];
      readonly weight = 1;
      vibrate(): void {}
    }
    const odd = new Odd('tray.png');
    expect(inventedMembers(['Tray', odd]).sort()).toEqual(['Tray.vibrate', 'Tray.weight']);
    expect(inventedEvents(['Tray', odd])).toEqual(['Tray shake']);
  });
});

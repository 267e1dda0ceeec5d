import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EVENTS, emit, StrictEmitter } from './emitter.ts';
import { record, runtime } from './runtime.ts';

/** What the application says of itself in its package.json. */
type Manifest = { readonly name?: string; readonly productName?: string; readonly version?: string };

/** Says that the application may begin. */
export let becomeReady: (target: App) => void;
/** Tells how windows are closed on quitting: the answer is whether all are. */
export let setCloseWindows: (target: App, close: () => boolean) => void;
export let isQuitting: (target: App) => boolean;

export class App extends StrictEmitter {
  static override readonly [EVENTS] = [
    'ready',
    'activate',
    'before-quit',
    'will-quit',
    'quit',
    'window-all-closed',
    'second-instance',
    'open-url',
    'accessibility-support-changed',
    'render-process-gone',
    'child-process-gone',
    'web-contents-created',
  ];
  readonly isPackaged = false;
  accessibilitySupportEnabled = false;
  #manifest: Manifest | undefined;
  #name: string | undefined;
  #ready = Promise.withResolvers<void>();
  #isReady = false;
  #quitting = false;
  #closeWindows: () => boolean = () => true;

  static {
    becomeReady = (target) => {
      target.#isReady = true;
      target.#ready.resolve();
      target.emit('ready', {}, {});
      record({ what: 'ready' });
    };
    setCloseWindows = (target, close) => {
      target.#closeWindows = close;
    };
    isQuitting = (target) => target.#quitting;
  }

  get name(): string {
    const { name, productName } = this.#read();
    return this.#name ?? productName ?? name ?? 'Electron';
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return this.#read().version ?? '0.0.0';
  }

  getLocale(): string {
    return runtime().configuration.locale;
  }

  getPreferredSystemLanguages(): string[] {
    return [runtime().configuration.locale];
  }

  getAppPath(): string {
    return runtime().configuration.appPath;
  }

  getPath(name: string): string {
    if (name === 'exe') return process.execPath;
    if (name === 'home') return homedir();
    const { userData } = runtime().configuration;
    const path = name === 'userData' ? userData : join(userData, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  requestSingleInstanceLock(): boolean {
    return runtime().configuration.firstInstance;
  }

  setAppUserModelId(id: string): void {
    record({ what: 'userModelId', id });
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    record({ what: 'protocolClient', protocol });
    return true;
  }

  /** Asks the application and its windows; whoever prevents it keeps the application running. */
  quit(): void {
    if (this.#quitting || emit(this, 'before-quit')) return;
    this.#quitting = true;
    if (this.#closeWindows() && !emit(this, 'will-quit')) this.exit(0);
    else this.#quitting = false;
  }

  exit(code = 0): void {
    emit(this, 'quit', {}, code);
    record({ what: 'exit', code });
    runtime().exit(code);
  }

  #read(): Manifest {
    this.#manifest ??= JSON.parse(readFileSync(join(this.getAppPath(), 'package.json'), 'utf8')) as Manifest;
    return this.#manifest;
  }
}

export const app = new App();

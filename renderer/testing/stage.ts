import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type {
  CommandName,
  CommandResults,
  EventName,
  Events,
  SliceName,
  Slices,
  WindowKind,
} from '../../contract/renderer-api.ts';
import { buildPages } from './build-pages.ts';
import type { FakeMain, Scene } from './fake-bridge.ts';
import { type PageServer, servePages } from './serve-pages.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Sizes that the windows have on a screen, in CSS pixels. */
export const SIZES: Readonly<Record<WindowKind, { readonly width: number; readonly height: number }>> = {
  flyout: { width: 360, height: 560 },
  popup: { width: 360, height: 220 },
  signIn: { width: 460, height: 640 },
  diagnostics: { width: 1100, height: 700 },
};

export type Opening = {
  readonly slices?: Partial<Slices>;
  readonly results?: Partial<CommandResults>;
  /** Commands that main refuses from the start. */
  readonly refused?: readonly CommandName[];
  /** Commands that main does not answer before the test does. */
  readonly held?: readonly CommandName[];
  readonly theme?: 'light' | 'dark';
  readonly forcedColors?: boolean;
};

/** A page in a real Chromium, with a double of main behind its bridge. */
export type Act = {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, and breaches of the content policy. */
  readonly complaints: readonly string[];
  readonly sent: (name?: CommandName) => Promise<FakeMain['sent']>;
  readonly emit: <Name extends EventName>(name: Name, event: Events[Name]) => Promise<void>;
  readonly patch: <Name extends SliceName>(slice: Name, value: Slices[Name]) => Promise<void>;
  readonly answer: <Name extends CommandName>(name: Name, result: CommandResults[Name]) => Promise<void>;
  readonly hold: (name: CommandName) => Promise<void>;
  readonly refuse: (name: CommandName) => Promise<void>;
  /** What axe-core finds wrong, one line each. */
  readonly violations: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

export type Stage = {
  readonly open: (kind: WindowKind, opening?: Opening) => Promise<Act>;
  /** Folder with the built pages. */
  readonly folder: string;
  readonly close: () => Promise<void>;
};

/** Builds the pages and starts a browser: once for each test file. */
export async function raise(): Promise<Stage> {
  const folder = await buildPages();
  const server = await servePages(folder);
  const browser = await chromium.launch({
    executablePath: process.env['TAPLINE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  const double = await readFile(join(folder, 'fake-bridge.js'), 'utf8');
  return {
    folder,
    open: (kind, opening = {}) => open({ browser, server, double }, kind, opening),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type House = { readonly browser: Browser; readonly server: PageServer; readonly double: string };

async function open({ browser, server, double }: House, kind: WindowKind, opening: Opening): Promise<Act> {
  const context = await browser.newContext({
    viewport: SIZES[kind],
    colorScheme: opening.theme ?? 'light',
    forcedColors: opening.forcedColors ? 'active' : 'none',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(5_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const { slices = {}, results = {}, refused = [], held = [] } = opening;
  const scene: Scene = { kind, slices, results, refused, held };
  await context.addInitScript({ content: `window.scene = ${JSON.stringify(scene)};${double}` });
  await page.goto(`${server.origin}/${kind}/index.html`);
  await page.waitForFunction(() => document.querySelector('#root')?.childElementCount);
  return act(page, context, complaints);
}

function act(page: Page, context: BrowserContext, complaints: readonly string[]): Act {
  const emit: Act['emit'] = (name, event) =>
    page.evaluate(([to, what]) => window.fake.emit(to as EventName, what as never), [name, event] as const);
  return {
    page,
    complaints,
    emit,
    sent: async (name) => {
      const all = await page.evaluate(() => window.fake.sent);
      return name ? all.filter((each) => each.name === name) : all;
    },
    patch: (slice, value) => emit('patch', { slice, value } as Events['patch']),
    answer: (name, result) =>
      page.evaluate(([to, what]) => window.fake.answer(to as CommandName, what as never), [
        name,
        result,
      ] as const),
    hold: (name) => page.evaluate((to) => window.fake.hold(to), name),
    refuse: (name) => page.evaluate((to) => window.fake.refuse(to), name),
    violations: () => violations(page),
    close: () => context.close(),
  };
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
  });
}

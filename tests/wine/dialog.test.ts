import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { UUID } from 'builder-util-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { buildWindows, root } from '../../tools/native/build.ts';
import { buildForTests, buildUiHost } from '../../tools/native/programs.ts';
import { windowsPath } from '../../tools/rig/wine.ts';
import { PrivatePrefix } from './support/private-prefix.ts';

/** The DLL's own dialogs, opened by a small program and driven by keys, without a display. */
const wine = new PrivatePrefix('dialog-prefix', ['tapi32']);
const state = join(wine.folder, 'state');
const locales = join(root, 'out/wine/locales');

const DRIVERS = 'HKEY_CURRENT_USER\\Software\\Wine\\Drivers';
const DESKTOP = 'HKEY_CURRENT_USER\\Control Panel\\Desktop';
const PROVIDERS = 'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers';
/** Where electron-builder's installer of this product writes its folder: Software\ and the product's id. */
const PRODUCT = UUID.v5('org.tapline.companion', UUID.parse('50e065bc-3134-11e6-9bab-38c9862bdaf3'));
const INSTALLED = `HKEY_LOCAL_MACHINE\\Software\\${PRODUCT}`;

let host = '';
let library = '';

type Control = {
  class: string;
  text: string;
  id: number;
  x: number;
  y: number;
  width: number;
  height: number;
  tabStop: boolean;
  enabled: boolean;
  checked: boolean;
  focus: boolean;
};
type Shown = {
  title: string;
  dpi: number;
  /** Where the look of the controls comes from: a file. */
  commonControls: string;
  width: number;
  height: number;
  inView: boolean;
  controls: Control[];
  rows: string[];
};
type Line = Record<string, unknown> & { kind: string };

function line(number: number, name: string, address: string): Buffer {
  return encodeFrame({
    kind: 'line',
    line: number,
    guid: new Uint8Array(16).fill(number),
    name,
    address,
    switchName: 'PBX',
    inService: true,
    lineFeatures: 8,
    addressFeatures: 1,
    callFeatures: 0,
    maxActiveCalls: 2,
  });
}

function keepLines(...lines: Buffer[]): void {
  const head = Buffer.alloc(16, 'TAPLINES', 'latin1');
  head.writeUInt32LE(1, 8);
  head.writeUInt32LE(lines.length, 12);
  const bytes = Buffer.concat([head, ...lines]);
  const check = Buffer.alloc(4);
  check.writeUInt32LE(crc32(bytes));
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, 'lines.table'), Buffer.concat([bytes, check]));
}

const JAN = line(17, 'Jan Lorenz (831)', '831');
const ZOE = line(18, 'Zoë "Z" ☎ (832)', '832');
const DESK = line(19, 'Empfang & Zentrale (0)', '0');

type Session = { lines: Line[]; shown: Shown[]; result: unknown; of: (kind: string) => Line | undefined };

/** Opens a dialog and takes the steps. @param words `mood call owner`, then the steps */
function open(words: string, language: 'en' | 'de' = 'en'): Session {
  const environment = {
    TAPLINE_STATE: windowsPath(state),
    ...(language === 'de' ? { LOCPATH: locales, LC_ALL: 'de_DE.UTF-8' } : { LC_ALL: 'C.UTF-8' }),
  };
  const { out, complaint } = wine.run(host, [windowsPath(library), ...words.split(' ')], environment);
  const lines = out
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as Line);
  const shown: Shown[] = [];
  for (const entry of lines) {
    const last = shown.at(-1);
    if (entry.kind === 'dialog') shown.push({ ...entry, controls: [], rows: [] } as unknown as Shown);
    else if (entry.kind === 'control') last?.controls.push(entry as unknown as Control);
    else if (entry.kind === 'row') last?.rows.push(String(entry['text']));
  }
  const of = (kind: string): Line | undefined => lines.find((entry) => entry.kind === kind);
  const problem = of('problem');
  if (problem || complaint) throw new Error(`${JSON.stringify(problem)} ${complaint}`);
  const [, call] = words.split(' ');
  const result = lines.find((entry) => entry.kind === 'return' && entry['command'] === call)?.['result'];
  return { lines, shown, result, of };
}

function first(session: Session): Shown {
  const [shown] = session.shown;
  if (!shown) throw new Error('no dialog was shown');
  return shown;
}

/** The text of the control with the focus; the list has none of its own. */
function focus({ controls }: Shown): string {
  const control = controls.find((each) => each.focus);
  return control?.class === 'ListBox' ? 'the list' : (control?.text ?? 'nothing');
}

const texts = (shown: Shown): string[] => shown.controls.map(({ text }) => text);

/** Nothing is cut off or covered, and the order of the Tab key is the order of the eye. */
function expectTidy({ controls, width, height, inView }: Shown): void {
  expect(inView).toBe(true);
  for (const [at, control] of controls.entries()) {
    expect(control.x).toBeGreaterThanOrEqual(0);
    expect(control.y).toBeGreaterThanOrEqual(0);
    expect(control.x + control.width).toBeLessThanOrEqual(width);
    expect(control.y + control.height).toBeLessThanOrEqual(height);
    for (const earlier of controls.slice(0, at)) {
      expect(earlier.y < control.y || earlier.x < control.x).toBe(true);
      const apart =
        earlier.x + earlier.width <= control.x ||
        control.x + control.width <= earlier.x ||
        earlier.y + earlier.height <= control.y ||
        control.y + control.height <= earlier.y;
      expect(apart).toBe(true);
    }
  }
}

/** Makes the German locale that Wine takes the user's language from. */
function makeGerman(): void {
  if (existsSync(join(locales, 'de_DE.UTF-8'))) return;
  mkdirSync(locales, { recursive: true });
  execFileSync('localedef', ['-i', 'de_DE', '-f', 'UTF-8', join(locales, 'de_DE.UTF-8')]);
}

function setScaling(percent: number): void {
  wine.setKey(DESKTOP, { LogPixels: (96 * percent) / 100 });
}

beforeAll(async () => {
  makeGerman();
  wine.start();
  library = (await buildWindows('x64')).library;
  host = await buildUiHost();
  const standIn = await buildForTests(
    'setup/tests/tapi32',
    join(root, 'out/wine/dialog-stand-in'),
    'tapi32.dll',
  );
  copyFileSync(standIn, join(wine.system, 'tapi32.dll'));
  wine.setKey(DRIVERS, { Graphics: 'null' });
  setScaling(100);
  // The driver is chosen by the first program that shows a window.
  wine.stop();
  wine.start();
  wine.holdDesktop();
}, 300_000);
afterAll(() => wine.stop());
beforeEach(() => keepLines(JAN, ZOE, DESK));

describe('the provider’s dialog', () => {
  it('shows version, link and lines, in English', () => {
    const session = open('well config none show');
    const shown = first(session);
    expect(session.result).toBe('0x0');
    expect(shown.title).toBe('Tapline: telephone lines');
    expect(texts(shown)).toEqual([
      'Version:',
      expect.stringMatching(/^\d+\.\d+\.\d+ \(telephony service: x64, this program: x64\)$/),
      'Link:',
      'Tapline is not running, or not connected yet. Open Tapline.',
      '&Lines:',
      '',
      '&Record a trace of the telephony service',
      expect.stringContaining('No phone number and no name'),
      '&Open Tapline',
      '&Close',
    ]);
    expect(shown.rows).toEqual([
      'Jan Lorenz (831)\t831\tin service',
      'Zoë "Z" ☎ (832)\t832\tin service',
      'Empfang & Zentrale (0)\t0\tin service',
    ]);
  });

  it('speaks German where Windows does', () => {
    const shown = first(open('well config none show', 'de'));
    expect(shown.title).toBe('Tapline: Telefonleitungen');
    expect(texts(shown)).toContain('Tapline ö&ffnen');
    expect(texts(shown)).toContain('&Leitungen:');
    expect(shown.rows[0]).toBe('Jan Lorenz (831)\t831\tin Betrieb');
  });

  it('says so when there are no lines', () => {
    rmSync(join(state, 'lines.table'));
    expect(first(open('well config none show')).rows).toEqual([
      'There are no lines. Open Tapline and sign in.',
    ]);
  });

  it('shows a thousand lines', () => {
    keepLines(...Array.from({ length: 1000 }, (_, at) => line(at + 1, `Line ${at}`, `${at}`)));
    const { rows } = first(open('well config none show'));
    expect(rows).toHaveLength(1000);
    expect(rows.at(-1)).toBe('Line 999\t999\tin service');
  });

  // uihost has no manifest: by itself it would get the controls of Windows 95.
  it('has the present look in a program that does not ask for it', () => {
    expect(first(open('well config none show')).commonControls).toMatch(/winsxs.*common-controls_.*_6\.0\./i);
  });

  it('is named by TSPI_providerUIIdentify, as a file that exists', () => {
    const session = open('well config none show');
    expect(session.of('identity')).toMatchObject({ exists: true });
    expect(session.lines[0]).toMatchObject({ command: 'providerUIIdentify', result: '0x0' });
  });
});

describe('the keyboard', () => {
  it('reaches everything by Tab, in order and around', () => {
    const { shown } = open(
      'well config none show press-tab show press-tab show press-tab show press-tab show',
    );
    expect(shown.map(focus)).toEqual([
      'the list',
      '&Record a trace of the telephony service',
      '&Open Tapline',
      '&Close',
      'the list',
    ]);
  });

  it('goes back, too', () => {
    const { shown } = open('well config none press-back show press-back show');
    expect(shown.map(focus)).toEqual(['&Close', '&Open Tapline']);
  });

  it.each(['press-escape', 'press-enter', 'alt-c'])('closes it by %s', (step) => {
    const session = open(`well config none ${step}`);
    expect(session.of('stepsDone')).toMatchObject({ open: false });
    expect(session.result).toBe('0x0');
  });

  it('goes to the list by its label’s letter, in both languages', () => {
    expect(focus(first(open('well config none press-tab alt-l show')))).toBe('the list');
    expect(focus(first(open('well config none press-tab alt-l show', 'de')))).toBe('the list');
  });

  it('switches the trace, and what is shown is what the provider says', () => {
    const { shown } = open('well config none alt-r show press-space show');
    const checked = shown.map(
      ({ controls }) => controls.find(({ text }) => text.startsWith('&Record'))?.checked,
    );
    expect(checked).toEqual([true, false]);
  });
});

describe('its owner', () => {
  it('is disabled while it is open, and enabled after', () => {
    const session = open('well config window owner press-escape');
    expect(session.of('ownerMeanwhile')).toMatchObject({ exists: true, enabled: false });
    expect(session.of('owner')).toMatchObject({ enabled: true });
  });

  it('must be a window', () => {
    expect(open('well config bad').result).toBe('0x80000048');
  });
});

describe('a telephony service that gives no answer', () => {
  it.each([
    ['refuses', '(0x80000048)'],
    ['garbles', '(0x80000049)'],
    ['older', 'Restart Windows.'],
  ])('is explained, and nothing can be switched: it %s', (mood, expected) => {
    const session = open(`${mood} config none show press-escape`);
    const shown = first(session);
    expect(shown.controls[3]?.text).toContain(expected);
    expect(shown.rows).toEqual([]);
    const enabled = shown.controls
      .filter(({ tabStop, enabled }) => tabStop && enabled)
      .map(({ text }) => text);
    expect(enabled).toEqual(['&Open Tapline', '&Close']);
    expect(session.of('stepsDone')).toMatchObject({ open: false });
    expectTidy(shown);
  });
});

describe('the dialog of one line', () => {
  it('shows that line', () => {
    const shown = first(open('well line none show'));
    expect(shown.title).toBe('Tapline: Jan Lorenz (831)');
    expect(shown.rows).toEqual(['Jan Lorenz (831)\t831\tin service']);
  });

  it('is refused for a line that is none, and for a device behind a line', () => {
    expect(open('well strangeline none').result).toBe('0x80000002');
    expect(open('well strangeclass none').result).toBe('0x80000023');
  });
});

describe('Open Tapline', () => {
  const folder = 'C:\\Program Files\\Tapline';
  const place = (): void => {
    rmSync(join(wine.folder, 'drive_c/Program Files/Tapline'), { recursive: true, force: true });
    mkdirSync(join(wine.folder, 'drive_c/Program Files/Tapline'), { recursive: true });
    copyFileSync(host, join(wine.folder, 'drive_c/Program Files/Tapline/Tapline.exe'));
  };
  const answer = (): unknown => open('well config none alt-o message press-escape').of('message')?.['text'];
  const missing = expect.stringContaining('Tapline is not installed on this computer');

  it('says so when it is not installed', () => {
    wine.setKey(INSTALLED, {});
    expect(answer()).toEqual(missing);
    wine.setKey(INSTALLED, { InstallLocation: folder });
    rmSync(join(wine.folder, 'drive_c/Program Files/Tapline'), { recursive: true, force: true });
    expect(answer()).toEqual(missing);
  });

  it.each([
    'Tapline',
    '\\\\server\\share\\Tapline',
    'C:Tapline',
    'C:\\Program Files\\Tapline\\..\\Tapline',
    'C:\\Program Files\\Tapline" --x "',
    '',
  ])('starts nothing when the registry names %s', (odd) => {
    place();
    wine.setKey(INSTALLED, { InstallLocation: odd });
    expect(answer()).toEqual(missing);
  });

  // Wine gives every program an administrator's rights, and there is no shell here that has others.
  it('passes no administrator’s rights on', () => {
    place();
    wine.setKey(INSTALLED, { InstallLocation: folder });
    expect(answer()).toContain('administrator rights');
  });

  it('starts the installed program as the shell’s child, in its folder and without words', async () => {
    place();
    wine.setKey(INSTALLED, { InstallLocation: `${folder}\\` });
    open('well config shell alt-o press-escape');
    const started = join(wine.folder, 'drive_c/Program Files/Tapline/started.txt');
    await expect
      .poll(() => existsSync(started) && readFileSync(started, 'utf8'), { timeout: 20_000 })
      .toBe('"C:\\Program Files\\Tapline\\Tapline.exe"');
  });
});

describe('TUISPI_providerInstall and TUISPI_providerRemove', () => {
  it('let the provider in once', () => {
    wine.setKey(PROVIDERS, {
      NumProviders: 1,
      NextProviderID: 4,
      ProviderID0: 3,
      ProviderFilename0: 'unimdm.tsp',
    });
    expect(open('well install none').result).toBe('0x0');
    wine.setKey(PROVIDERS, {
      NumProviders: 1,
      NextProviderID: 4,
      ProviderID0: 3,
      ProviderFilename0: 'TAPLINE.tsp',
    });
    expect(open('well install none').result).toBe('0x80000056');
    expect(open('well remove none').result).toBe('0x0');
  });
});

describe('many dialogs', () => {
  it('leave nothing behind', () => {
    const rounds = open('well rounds window').of('rounds');
    expect(rounds?.['handles']).toBeLessThanOrEqual(0);
    expect(rounds?.['objects']).toBe(0);
  });
});

describe.each([100, 125, 150, 175, 200])('at %i %%', (percent) => {
  beforeAll(() => setScaling(percent));

  it.each(['en', 'de'] as const)('everything is in its place, in %s', (language) => {
    const shown = first(open('well config none show', language));
    expect(shown.dpi).toBe((96 * percent) / 100);
    expect(shown.width).toBeGreaterThan(3.6 * percent);
    expectTidy(shown);
  });
});

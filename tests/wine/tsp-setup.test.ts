import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { buildWindows, root } from '../../tools/native/build.ts';
import { buildSetup, buildStandIn } from '../../tools/native/programs.ts';
import { PrivatePrefix, type Ran } from './support/private-prefix.ts';

/** Windows' own layout of the provider list. The stand-in for tapi32 keeps it there, too; tsp-setup never writes it. */
const PROVIDERS = 'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers';
const OTHERS = {
  NumProviders: 2,
  NextProviderID: 9,
  ...entry(0, 3, 'unimdm.tsp'),
  ...entry(1, 7, 'hidphone.tsp'),
};

const wine = new PrivatePrefix('private', ['tapi32']);
const dll = join(wine.system, 'tapline.tsp');
const state = join(wine.folder, 'drive_c/ProgramData/Tapline/Tapi');
const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
let program = '';
let library = '';

function entry(at: number, id: number, file: string): Record<string, number | string> {
  return { [`ProviderID${at}`]: id, [`ProviderFilename${at}`]: file };
}

function setup(words: string, mood = ''): Ran {
  return wine.run(program, words.split(' '), { TAPLINE_TEST_TELEPHONY: mood });
}

function status(mood = '') {
  const { code, out } = setup('status --json', mood);
  return { code, ...JSON.parse(out) };
}

/** Puts a changed copy of the DLL into the system folder. */
function placeLibrary(change: (image: Buffer) => void = () => undefined): void {
  const image = readFileSync(library);
  change(image);
  writeFileSync(dll, image);
}

beforeAll(async () => {
  program = await buildSetup();
  library = (await buildWindows('x64')).library;
  const standIn = await buildStandIn('setup/tests', join(root, 'out/wine/setup-stand-in'));
  wine.start();
  copyFileSync(standIn, join(wine.system, 'tapi32.dll'));
}, 300_000);
afterAll(() => wine.stop());

function startAnew(): void {
  placeLibrary();
  rmSync(state, { recursive: true, force: true });
  wine.setKey(PROVIDERS, OTHERS);
}

describe('install and remove', () => {
  beforeEach(startAnew);

  it('registers once, however often it is asked, and leaves other providers alone', () => {
    expect(status()).toMatchObject({ code: 1, state: 'notRegistered', providers: [] });
    expect(setup('install --language en')).toMatchObject({
      code: 0,
      out: 'Tapline is registered with Windows telephony (provider 9).\n',
    });
    const registered = { ...OTHERS, NumProviders: 3, NextProviderID: 10, ...entry(2, 9, 'tapline.tsp') };
    expect(wine.readKey(PROVIDERS)).toEqual(registered);
    expect(setup('install --language de')).toMatchObject({
      code: 0,
      out: 'Tapline ist schon eingetragen; es wird nichts geändert.\n',
    });
    expect(wine.readKey(PROVIDERS)).toEqual(registered);
    expect(status()).toMatchObject({
      code: 0,
      exitCode: 0,
      state: 'ready',
      error: null,
      version,
      wantedArchitecture: 'x64',
      providers: [{ id: 9, file: 'tapline.tsp', inSystemFolder: true }],
      library: { present: true, architecture: 'x64', version },
    });
    expect(setup('remove').code).toBe(0);
    expect(wine.readKey(PROVIDERS)).toEqual({ ...OTHERS, NextProviderID: 10 });
    expect(setup('remove').code).toBe(0);
  });

  it('copies no file and removes none', () => {
    setup('install');
    setup('remove');
    expect(existsSync(dll)).toBe(true);
  });
});

describe('the DLL in the system folder', () => {
  beforeEach(startAnew);

  const machineAt = (image: Buffer): number => image.readUInt32LE(0x3c) + 4;

  it.each([
    ['missing', 4, 'libraryMissing', () => rmSync(dll)],
    [
      'for x86',
      5,
      'wrongArchitecture',
      () => placeLibrary((image) => image.writeUInt16LE(0x14c, machineAt(image))),
    ],
    ['no image', 5, 'wrongArchitecture', () => writeFileSync(dll, 'MZ, and no more')],
    ['empty', 5, 'wrongArchitecture', () => writeFileSync(dll, '')],
    [
      'of an older version',
      6,
      'otherVersion',
      () =>
        placeLibrary((image) => {
          const fixed = image.indexOf(Buffer.from([0xbd, 0x04, 0xef, 0xfe]));
          image.writeUInt32LE(0x0000_0000, fixed + 8);
        }),
    ],
  ])('is %s: nothing is registered, and status says so', (_, code, expected, place) => {
    wine.setKey(PROVIDERS, { ...OTHERS, NumProviders: 3, ...entry(2, 8, 'tapline.tsp') });
    place();
    expect(status()).toMatchObject({ code, state: expected });
    expect(setup('repair').code).toBe(code);
    wine.setKey(PROVIDERS, OTHERS);
    const { code: installed, complaint } = setup('install --language en');
    expect(installed).toBe(code);
    expect(complaint).toContain('C:\\windows\\system32\\tapline.tsp');
    expect(wine.readKey(PROVIDERS)).toEqual(OTHERS);
  });
});

describe('repair', () => {
  beforeEach(startAnew);

  it('makes one entry of several, and keeps the first: programs remember lines by its id', () => {
    const twice = { ...entry(2, 8, 'TAPLINE.TSP'), ...entry(3, 5, 'tapline.tsp') };
    wine.setKey(PROVIDERS, { ...OTHERS, NumProviders: 4, ...twice });
    expect(status()).toMatchObject({ code: 7, state: 'needsRepair' });
    expect(setup('install').code).toBe(7);
    expect(setup('repair').code).toBe(0);
    expect(wine.readKey(PROVIDERS)).toEqual({ ...OTHERS, NumProviders: 3, ...entry(2, 8, 'TAPLINE.TSP') });
    expect(setup('repair --language en').out).toBe('Nothing needs repair.\n');
  });

  it('replaces an entry that names another folder', () => {
    wine.setKey(PROVIDERS, { ...OTHERS, NumProviders: 3, ...entry(2, 8, 'C:\\Old\\tapline.tsp') });
    expect(status()).toMatchObject({ code: 7, providers: [{ id: 8, inSystemFolder: false }] });
    expect(setup('repair').code).toBe(0);
    expect(status()).toMatchObject({ code: 0, providers: [{ id: 9, file: 'tapline.tsp' }] });
  });

  it('registers what is not registered', () => {
    expect(setup('repair').code).toBe(0);
    expect(status()).toMatchObject({ code: 0, state: 'ready' });
  });
});

describe('odd entries of the list', () => {
  beforeAll(startAnew);

  it('ours are found by their last part alone, however they are written', () => {
    const ours = [
      'TAPLINE.tsp',
      'C:\\Windows\\SYSTEM32\\Tapline.tsp',
      'C:/windows/system32/tapline.tsp',
      '%SystemRoot%\\System32\\tapline.tsp',
      'C:\\windows\\system32\\drivers\\tapline.tsp',
      'C:\\windows\\system3\\tapline.tsp',
    ];
    const others = [
      'tapline.tsp.old',
      'mytapline.tsp',
      'C:\\tapline.tsp\\other.tsp',
      '',
      'Grüße ☎ "x".tsp',
      'x'.repeat(290),
    ];
    const list = [...others, ...ours].map((file, at) => entry(at, at + 1, file));
    wine.setKey(PROVIDERS, Object.assign({ NumProviders: list.length, NextProviderID: 99 }, ...list));
    const first = others.length + 1;
    expect(status()).toMatchObject({
      code: 7,
      providers: ours.map((file, at) => ({ id: first + at, file, inSystemFolder: at < 4 })),
    });
  });

  it('a list longer than the first guess is read whole', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      entry(at, at + 20, `provider number ${at}, of many.tsp`),
    );
    const list = Object.assign(
      { NumProviders: 61, NextProviderID: 99 },
      ...many,
      entry(60, 8, 'tapline.tsp'),
    );
    wine.setKey(PROVIDERS, list);
    expect(status()).toMatchObject({ code: 0, providers: [{ id: 8 }] });
  });

  it.each(['wild', 'endless'])('a list that contradicts itself (%s) is not believed', (mood) => {
    expect(status(mood)).toMatchObject({ code: 8, error: 'LINEERR_INIFILECORRUPT', providers: [] });
  });
});

describe('Windows telephony', () => {
  beforeEach(startAnew);

  it('refuses a change: the error is named, and what to do', () => {
    const { code, complaint } = setup('install --language en', 'denied');
    expect(code).toBe(8);
    expect(complaint).toContain('Windows telephony refused: LINEERR_OPERATIONFAILED (0x80000048).');
    expect(wine.readKey(PROVIDERS)).toEqual(OTHERS);
  });

  it('is locked: even the list cannot be read', () => {
    expect(status('locked')).toMatchObject({ code: 8, error: 'LINEERR_RESOURCEUNAVAIL' });
    expect(setup('remove', 'locked').code).toBe(8);
  });

  it('never answers: the deadline ends it', () => {
    const { code, complaint } = setup('install --deadline 2 --language en', 'hangs');
    expect(code).toBe(9);
    expect(complaint).toContain('did not answer within 2 seconds');
  });

  it('agrees and keeps nothing', () => {
    expect(setup('install', 'forgets').code).toBe(10);
    setup('install');
    expect(setup('remove', 'forgets').code).toBe(10);
  });
});

describe('lines that are kept', () => {
  beforeAll(startAnew);
  beforeEach(() => rmSync(state, { recursive: true, force: true }));

  const line = (number: number, name: string): Buffer =>
    encodeFrame({
      kind: 'line',
      line: number,
      guid: new Uint8Array(16).fill(number),
      name,
      address: '831',
      switchName: 'PBX',
      inService: true,
      lineFeatures: 8,
      addressFeatures: 1,
      callFeatures: 0,
      maxActiveCalls: 2,
    });
  const table = (...lines: Buffer[]): Buffer => {
    const head = Buffer.alloc(16, 'TAPLINES', 'latin1');
    head.writeUInt32LE(1, 8);
    head.writeUInt32LE(lines.length, 12);
    const bytes = Buffer.concat([head, ...lines]);
    const check = Buffer.alloc(4);
    check.writeUInt32LE(crc32(bytes));
    return Buffer.concat([bytes, check]);
  };
  const file = join(state, 'lines.table');
  const jan = line(17, 'Jan Lorenz (831)');
  const zoe = line(4_000_000_000, 'Zoë "Z" ☎ (832)');

  it('are shown by status, and one is forgotten', () => {
    expect(status().lines).toBeNull();
    mkdirSync(state, { recursive: true });
    writeFileSync(file, table(jan, zoe));
    expect(status().lines).toEqual([
      { number: 17, name: 'Jan Lorenz (831)' },
      { number: 4_000_000_000, name: 'Zoë "Z" ☎ (832)' },
    ]);
    expect(setup('forget-line 18').code).toBe(11);
    expect(setup('forget-line 4000000000').code).toBe(0);
    expect(readFileSync(file)).toEqual(table(jan));
    expect(setup('forget-line 17').code).toBe(0);
    expect(status().lines).toEqual([]);
  });

  it('cannot be read, or are damaged: nothing is written', () => {
    expect(setup('forget-line 17').code).toBe(12);
    mkdirSync(state, { recursive: true });
    const damaged = table(jan);
    damaged.writeUInt8(damaged.readUInt8(20) ^ 1, 20);
    writeFileSync(file, damaged);
    expect(setup('forget-line 17').code).toBe(12);
    expect(readFileSync(file)).toEqual(damaged);
    expect(status().lines).toBeNull();
  });
});

describe('the command line', () => {
  it.each([
    '',
    'instal',
    'install install',
    'install --json',
    'status --json --json',
    'status --deadline 0',
    'status --deadline 601',
    'status --deadline',
    'status --language fr',
    'status --language',
    'forget-line',
    'forget-line 0',
    'forget-line -1',
    'forget-line 4294967296',
    'forget-line 1 2',
  ])('is refused: %s', (words) => {
    expect(setup(words)).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['en', 'It ends with:', ' 9  Windows telephony did not answer in time'],
    ['de', 'Das Programm endet mit:', ' 9  die Windows-Telefonie hat nicht rechtzeitig geantwortet'],
  ])('--help in %s names every exit code', (language, heading, ninth) => {
    const { code, out } = setup(`--help --language ${language}`);
    expect(code).toBe(0);
    expect(out).toContain(heading);
    expect(out).toContain(ninth);
    const header = readFileSync(join(root, 'native-shim/setup/exit-codes.h'), 'utf8');
    const numbers = [...header.matchAll(/EXIT_CODE\([A-Z_]+, (\d+),/g)].map(([, number]) => Number(number));
    expect([...out.matchAll(/^ +(\d+) {2}\S/gm)].map(([, number]) => Number(number))).toEqual(numbers);
  });
});

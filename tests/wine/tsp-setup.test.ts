import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../tools/native/build.ts';
import {
  dll,
  entry,
  OTHERS,
  PROVIDERS,
  placeLibrary,
  prepare,
  setup,
  setupAsLimitedUser,
  startAnew,
  status,
  wine,
} from './support/tsp-setup.ts';

const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

beforeAll(prepare, 300_000);
afterAll(() => wine.stop());

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

describe('a user who is no administrator', () => {
  beforeEach(startAnew);

  it('may look', () => {
    wine.setKey(PROVIDERS, { ...OTHERS, NumProviders: 3, ...entry(2, 8, 'tapline.tsp') });
    expect(setupAsLimitedUser('status').code).toBe(0);
    expect(setupAsLimitedUser('install')).toMatchObject({ code: 0 });
  });

  it('may change nothing, and reads what to do', () => {
    const refusal = 'Windows lets only administrators change its telephony. Run this as administrator.\n';
    expect(setupAsLimitedUser('install --language en')).toMatchObject({ code: 3, complaint: refusal });
    expect(setupAsLimitedUser('repair').code).toBe(3);
    expect(wine.readKey(PROVIDERS)).toEqual(OTHERS);
    const registered = { ...OTHERS, NumProviders: 3, ...entry(2, 8, 'tapline.tsp') };
    wine.setKey(PROVIDERS, registered);
    expect(setupAsLimitedUser('remove').code).toBe(3);
    expect(wine.readKey(PROVIDERS)).toEqual(registered);
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

import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../contract/shim-frame.ts';
import { root } from '../../tools/native/build.ts';
import { prepare, setup, startAnew, state, status, wine } from './support/tsp-setup.ts';

/** Neither the user of this run nor one that Windows trusts. */
const SOMEBODY = 65_534;

beforeAll(prepare, 300_000);
afterAll(() => wine.stop());

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

  it('stay while the telephony service runs: it would write them again', () => {
    mkdirSync(state, { recursive: true });
    writeFileSync(file, table(jan));
    // A service of Wine under the name of the telephony service: running is all it has to do.
    wine.run('sc', [
      'create',
      'TapiSrv',
      'binPath=',
      'C:\\windows\\system32\\plugplay.exe',
      'start=',
      'demand',
    ]);
    try {
      wine.run('net', ['start', 'TapiSrv']);
      expect(setup('forget-line 17').code).toBe(13);
      expect(readFileSync(file)).toEqual(table(jan));
      wine.run('net', ['stop', 'TapiSrv']);
      expect(setup('forget-line 17').code).toBe(0);
    } finally {
      wine.run('sc', ['delete', 'TapiSrv']);
    }
  });

  it.for([
    ['a file', file],
    ['a folder', state],
    ['a folder around the folder', dirname(state)],
  ] as const)(
    'in %s of somebody else are not believed, and nothing is written there',
    ([, given], { skip }) => {
      const isRoot = process.getuid?.() === 0;
      expect(isRoot || !process.env['CI'], 'in CI the tests run as root').toBe(true);
      skip(!isRoot, 'only root can give a file away');
      mkdirSync(state, { recursive: true });
      writeFileSync(file, table(jan));
      chownSync(given, SOMEBODY, SOMEBODY);
      try {
        expect(status().lines).toBeNull();
        expect(setup('forget-line 17').code).toBe(12);
        expect(readFileSync(file)).toEqual(table(jan));
        expect(readdirSync(state)).toEqual(['lines.table']);
      } finally {
        rmSync(dirname(state), { recursive: true });
      }
    },
  );

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

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ICON_FOLDER } from './icons.ts';

// electron-builder offers its check to its own command line only; the version is pinned.
type Config = { readonly [name: string]: unknown };
type Checker = {
  readonly getConfig: (projectDir: string, configPath: string, extra: null) => Promise<Config>;
  readonly validateConfiguration: (config: Config, log: { readonly isEnabled: boolean }) => Promise<void>;
};
const { getConfig, validateConfiguration } = createRequire(import.meta.url)(
  'app-builder-lib/out/util/config/config',
) as Checker;

const root = join(import.meta.dirname, '../..');
const kept = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tapline-builder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function load(text: string): Promise<Config> {
  const file = join(folder, 'electron-builder.yml');
  writeFileSync(file, text);
  return getConfig(root, file, null);
}

const check = async (text: string): Promise<void> =>
  validateConfiguration(await load(text), { isEnabled: false });

describe('electron-builder.yml', () => {
  it("passes electron-builder's own check", async () => {
    await expect(check(kept)).resolves.toBeUndefined();
  });

  it.each([
    ['a word that does not exist', 'perMachine: true', 'perMachin: true', /configuration\.nsis/],
    ['a value of the wrong kind', 'oneClick: false', 'oneClick: "no"', /configuration\.nsis\.oneClick/],
    ['a fuse that does not exist', 'runAsNode: false', 'runAsNodes: false', /configuration\.electronFuses/],
  ])('would not pass with %s', async (_what, right, wrong, told) => {
    expect(kept).toContain(right);
    await expect(check(kept.replace(right, wrong))).rejects.toThrow(told);
  });

  it('decides every fuse that electron-builder knows', async () => {
    const config = await load(kept);
    const declared = readFileSync(join(root, 'node_modules/app-builder-lib/out/configuration.d.ts'), 'utf8');
    const options = /interface FuseOptionsV1 \{([\s\S]*?)\n\}/.exec(declared)?.[1] ?? '';
    // The last one is about signatures on macOS and no fuse.
    const known = [...options.matchAll(/^ {4}(\w+)\?:/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== 'resetAdHocDarwinSignature');
    expect(known).toHaveLength(8);
    expect(Object.keys(config['electronFuses'] as object).sort()).toEqual(known.sort());
  });

  it('names the application as the main process does, and an icon that is there', async () => {
    const config = await load(kept);
    const main = readFileSync(join(root, 'main/index.ts'), 'utf8');
    expect(main).toContain(`'${config['appId']}'`);
    const { icon } = config['win'] as { readonly icon: string };
    expect(join(root, icon)).toBe(join(ICON_FOLDER, 'app.ico'));
    expect(readFileSync(join(root, icon)).readUInt16LE(4)).toBeGreaterThan(0);
  });
});

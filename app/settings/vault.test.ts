import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyringVault, type Keyring, type KeyringEntry } from './keyring-vault.ts';
import { createMemoryVault } from './memory-vault.ts';
import { openVault } from './open-vault.ts';
import { MAX_SECRET, type Vault, type VaultKey } from './vault.ts';

const ANNA: VaultKey = { scope: 'user', account: 'anna' };

/** The keyring module's interface over a map. `names` shows what each entry was made with. */
function fakeKeyring(names: string[] = []): Keyring {
  const kept = new Map<string, string>();
  const entry = (name: string): KeyringEntry => {
    names.push(name);
    return {
      getPassword: async () => kept.get(name) ?? null,
      setPassword: async (password) => void kept.set(name, password),
      deleteCredential: async () => kept.delete(name),
    };
  };
  class AsyncEntry implements KeyringEntry {
    static withTarget = (target: string, service: string, account: string) =>
      entry(`${target}|${service}|${account}`);
    readonly #entry: KeyringEntry;
    constructor(service: string, account: string) {
      this.#entry = entry(`${service}|${account}`);
    }
    getPassword = () => this.#entry.getPassword();
    setPassword = (password: string) => this.#entry.setPassword(password);
    deleteCredential = () => this.#entry.deleteCredential();
  }
  return { AsyncEntry };
}

const brokenKeyring = (message: string): Keyring => ({
  AsyncEntry: class {
    static withTarget(): KeyringEntry {
      throw new Error(message);
    }
    constructor() {
      throw new Error(message);
    }
    getPassword = async () => null;
    setPassword = async () => {};
    deleteCredential = async () => false;
  },
});

const vaults: readonly (readonly [string, () => Vault])[] = [
  ['memory', createMemoryVault],
  ['keyring on Windows', () => createKeyringVault(fakeKeyring(), 'win32')],
  ['keyring elsewhere', () => createKeyringVault(fakeKeyring(), 'linux')],
];

describe.each(vaults)('a vault (%s)', (_name, create) => {
  it('keeps, replaces and forgets', async () => {
    const vault = create();
    expect(await vault.read(ANNA)).toEqual({ ok: true, secret: undefined });
    expect(await vault.write(ANNA, 'one')).toEqual({ ok: true });
    expect(await vault.write(ANNA, ' zwö€ ')).toEqual({ ok: true });
    expect(await vault.read(ANNA)).toEqual({ ok: true, secret: ' zwö€ ' });
    expect(await vault.forget(ANNA)).toEqual({ ok: true });
    expect(await vault.forget(ANNA)).toEqual({ ok: true });
    expect(await vault.read(ANNA)).toEqual({ ok: true, secret: undefined });
  });

  it("never mixes up accounts, or a user's and the machine's", async () => {
    const accounts = fc.uniqueArray(
      fc.record({
        scope: fc.constantFrom('user' as const, 'machine' as const),
        account: fc.stringMatching(/^[\w /@.-]{1,20}$/),
      }),
      { selector: ({ scope, account }) => `${scope}\0${account}`, minLength: 2, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(accounts, async (keys) => {
        const vault = create();
        for (const [index, key] of keys.entries()) await vault.write(key, `secret ${index}`);
        for (const [index, key] of keys.entries())
          expect(await vault.read(key)).toEqual({ ok: true, secret: `secret ${index}` });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['an empty key', { scope: 'user', account: '' }, 'x'],
    ['a key that is too long', { scope: 'user', account: 'x'.repeat(201) }, 'x'],
    ['a key with a line break', { scope: 'user', account: 'a\nb' }, 'x'],
    ['an empty secret', ANNA, ''],
    ['a secret that is too long', ANNA, 'x'.repeat(MAX_SECRET + 1)],
  ] as const)('refuses %s and keeps what it has', async (_what, key, secret) => {
    const vault = create();
    await vault.write(ANNA, 'kept');
    expect(await vault.write(key, secret)).toMatchObject({ ok: false, code: 'invalid' });
    expect(await vault.read(ANNA)).toEqual({ ok: true, secret: 'kept' });
  });
});

describe("the keyring's names", () => {
  it('are the ones an administrator looks for on Windows', async () => {
    const names: string[] = [];
    const vault = createKeyringVault(fakeKeyring(names), 'win32');
    await vault.read(ANNA);
    await vault.read({ ...ANNA, scope: 'machine' });
    expect(names).toEqual(['Tapline/anna|Tapline|anna', 'Tapline machine/anna|Tapline machine|anna']);
  });
});

describe('a keyring that cannot be reached', () => {
  it('answers with values', async () => {
    for (const platform of ['win32', 'linux']) {
      const vault = createKeyringVault(brokenKeyring("Couldn't access platform storage"), platform);
      const unreachable = { ok: false, code: 'unreachable', detail: "Couldn't access platform storage" };
      expect(await vault.read(ANNA)).toEqual(unreachable);
      expect(await vault.write(ANNA, 'x')).toEqual(unreachable);
      expect(await vault.forget(ANNA)).toEqual(unreachable);
    }
  });
});

describe('openVault', () => {
  it("takes the system's store where it answers", async () => {
    const opened = await openVault(async () => fakeKeyring(), 'win32');
    expect(opened.kind).toBe('system');
  });

  it.each([
    ['is missing', () => Promise.reject(new Error('Cannot find native binding'))],
    ['cannot reach its store', async () => brokenKeyring('AccessDenied')],
  ])('takes memory, and says so, where the keyring %s', async (_what, load) => {
    const opened = await openVault(load, 'linux');
    expect(opened.kind).toBe('memory');
    if (opened.kind !== 'memory') return;
    expect(opened.notice.de).toMatch(/Passwort.*bis es beendet wird\.$/);
    expect(opened.notice.en).toMatch(/password.*until it is closed\.$/);
    expect(opened.detail).not.toBe('');
    await opened.vault.write(ANNA, 'for this run');
    expect(await opened.vault.read(ANNA)).toEqual({ ok: true, secret: 'for this run' });
  });

  it('answers with the real module too: with memory on a Linux without a session bus', () => {
    const program = `
      import { openVault } from ${JSON.stringify(new URL('./open-vault.ts', import.meta.url).href)};
      const opened = await openVault();
      console.log(opened.kind);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    });
    expect(output.trim()).toBe(process.platform === 'linux' ? 'memory' : 'system');
  });
});

import type { Companion } from '../../app/companion.ts';
import { createMobydick, systemPorts } from '../../app/pbx/mobydick/mobydick.ts';
import type { Pbx, SessionProblem } from '../../app/pbx/port.ts';
import { describeProblem } from '../../app/pbx/problems.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import type { Vault } from '../../app/settings/vault.ts';
import { VERSION } from '../../app/version.ts';
import type { CommandResults, Language, Outcome, SignInStage } from '../../contract/renderer-api.ts';
import type { AccountFile } from '../settings/account-file.ts';
import { ownProblem } from '../text/problems.ts';
import { type Credentials, checkCredentials, serverText } from './credentials.ts';
import { type DemoPbx, startDemoPbx } from './demo-pbx.ts';
import { probeSignIn } from './probe.ts';
import { type AccountIdentity, untrustedCertificate } from './views.ts';

/** What signing in and out needs of the rest. */
export type AccountPorts = {
  readonly companion: Companion;
  readonly vault: Vault;
  readonly file: AccountFile;
  readonly language: Language;
  readonly resource: string;
  /** The account that windows show now; null for none. */
  readonly changed: (account: AccountIdentity | null) => void;
};

/** The account that is signed in. */
type Current = {
  readonly key: string;
  readonly pbx: Pbx;
  /** The one that somebody gave his word for. */
  readonly certificate?: string | undefined;
  readonly demo?: DemoPbx;
};

type Ask = Parameters<typeof probeSignIn>[2]['reached'];

const done: Outcome = { ok: true };

/**
 * The one account of this companion: signs in, out, and to the demo. What is asked is done one after the other, so that
 * two clicks never make two accounts.
 */
export class Accounts {
  readonly #ports: AccountPorts;
  #current: Current | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: AccountPorts) {
    this.#ports = ports;
  }

  /** Signs in to an account that was kept. */
  resume(account: AccountSettings): void {
    const { vault } = this.#ports;
    this.#add(account, async () => {
      const found = await vault.read(vaultKey(account));
      if (!found.ok) throw new Error(found.detail);
      if (found.secret === undefined) throw new Error('no password is kept');
      return found.secret;
    });
  }

  /** Signs in on trial; keeps account and password and replaces the current account only when that worked. */
  signIn(credentials: Credentials): Promise<CommandResults['signIn']> {
    return this.#inTurn(async () => {
      const tried = await this.#try(credentials, () => undefined);
      if (!tried.ok) return tried;
      const { account } = tried;
      const failure = await this.#keep(account, credentials.password);
      if (failure) return failure;
      await this.#leave();
      this.resume(account);
      return done;
    });
  }

  /** Signs in on trial and keeps nothing. */
  async testSignIn(credentials: Credentials, reached: Ask): Promise<CommandResults['testSignIn']> {
    const tried = await this.#try(credentials, reached);
    return tried.ok ? done : tried;
  }

  /** Signs out and forgets account and password. Out of the demo, what was kept before it stays. */
  signOut(): Promise<Outcome> {
    return this.#inTurn(async () => {
      const { vault, file } = this.#ports;
      const current = this.#current;
      if (!current) return this.#refused('noAccount');
      if (!current.demo) {
        const removed = await file.remove();
        if (!removed.ok) return this.#refused('settingsNotKept', removed.detail);
        const forgotten = await vault.forget(vaultKey(current));
        if (!forgotten.ok) return this.#refused('passwordNotKept', forgotten.detail);
      }
      await this.#leave();
      return done;
    });
  }

  /** Starts the demo PBX and signs in to it. Nothing of it is kept. */
  tryDemo(): Promise<Outcome> {
    return this.#inTurn(async () => {
      if (this.#current) return this.#refused('signedInAlready');
      try {
        const demo = await startDemoPbx();
        this.#add({ ...demo.account, resource: this.#ports.resource }, async () => demo.password, demo);
        return done;
      } catch (error) {
        return this.#refused('demoFailed', error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** Tries again at once where the session waits or has failed. */
  retry(): Outcome {
    if (!this.#current) return this.#refused('noAccount');
    this.#current.pbx.start();
    return done;
  }

  /** Ends the demo PBX if there is one. The companion signs out by itself. */
  async stop(): Promise<void> {
    await this.#current?.demo?.close();
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #try(
    credentials: Credentials,
    reached: (stage: SignInStage) => void,
  ): Promise<
    | { readonly ok: true; readonly account: AccountSettings }
    | Exclude<CommandResults['testSignIn'], { readonly ok: true }>
  > {
    const { companion, language, resource } = this.#ports;
    const checked = checkCredentials(credentials, resource, language);
    if (!checked.ok) return this.#refused('badCredentials', checked.why);
    const account = this.#trusting(checked.account);
    const result = await probeSignIn(account, credentials.password, {
      reached,
      trace: ({ direction, label, text }) =>
        void companion.trace.add({ leg: 'pbx', direction, account: account.key, label, detail: text }),
    });
    return result.ok ? { ok: true, account } : this.#failed(result.problem);
  }

  /** Who signs in again where he is known, such as with a new password, has given his word for the certificate. */
  #trusting(account: AccountSettings): AccountSettings {
    const { key, certificate } = this.#current ?? {};
    const known = key === account.key && account.pinnedCertificate === undefined;
    return known && certificate !== undefined ? { ...account, pinnedCertificate: certificate } : account;
  }

  /** The password first: an account without one would fail at the next start. */
  async #keep(account: AccountSettings, password: string) {
    const { vault, file } = this.#ports;
    const kept = await vault.write(vaultKey(account), password);
    if (!kept.ok) return this.#refused('passwordNotKept', kept.detail);
    const written = await file.write(account);
    if (written.ok) return undefined;
    if (this.#current?.key !== account.key) await vault.forget(vaultKey(account));
    return this.#refused('settingsNotKept', written.detail);
  }

  #add(account: AccountSettings, password: () => Promise<string>, demo?: DemoPbx): void {
    const { companion, changed } = this.#ports;
    const { key, host, user } = account;
    const created: Pbx[] = [];
    changed({ key, server: serverText(account), user, demo: demo !== undefined });
    companion.addAccount({
      key,
      pbxName: host,
      connect: (listener) => {
        const pbx = createMobydick({ ...account, password }, listener, systemPorts(VERSION));
        created.push(pbx);
        return pbx;
      },
    });
    const [pbx] = created;
    if (pbx) this.#current = { key, pbx, certificate: account.pinnedCertificate, ...(demo && { demo }) };
  }

  async #leave(): Promise<void> {
    const current = this.#current;
    if (!current) return;
    this.#current = undefined;
    this.#ports.changed(null);
    await this.#ports.companion.removeAccount(current.key);
    await current.demo?.close();
  }

  #refused(name: Parameters<typeof ownProblem>[0], detail?: string) {
    return { ok: false as const, problem: ownProblem(name, this.#ports.language, detail) };
  }

  #failed(problem: SessionProblem) {
    const fingerprint = untrustedCertificate(problem);
    return {
      ok: false as const,
      problem: describeProblem(problem, this.#ports.language),
      ...(fingerprint !== undefined && { untrustedCertificate: fingerprint }),
    };
  }
}

const vaultKey = ({ key }: { readonly key: string }) => ({ scope: 'user', account: key }) as const;

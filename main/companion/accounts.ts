import { accountSession } from '../../app/account-session.ts';
import type { Companion } from '../../app/companion.ts';
import type { AccountSettings } from '../../app/settings/account.ts';
import { phonesText } from '../../app/settings/phones-text.ts';
import type { Vault } from '../../app/settings/vault.ts';
import type {
  AsteriskEntries,
  CommandArguments,
  Language,
  Outcome,
  SignInOutcome,
  TestStepView,
} from '../../contract/renderer-api.ts';
import { serverText } from '../settings/account-key.ts';
import { type AccountsFile, MAX_ACCOUNTS } from '../settings/accounts-file.ts';
import { ownProblem } from '../text/problems.ts';
import { type DemoPbx, startDemoPbx } from './demo-pbx.ts';
import { type MakeSession, RenewableSession } from './renewable-session.ts';
import { refusedSignIn, Trials } from './trials.ts';
import { type AccountIdentity, certificateView } from './views.ts';

/** What signing in and out needs of the rest. */
export type AccountsPorts = {
  readonly companion: Companion;
  readonly vault: Vault;
  readonly file: AccountsFile;
  readonly language: Language;
  readonly resource: string;
  /** The accounts that windows show now. */
  readonly changed: (accounts: readonly AccountIdentity[]) => void;
};

/** An account that is there. */
type Entry = {
  readonly settings: AccountSettings;
  readonly session: RenewableSession;
  readonly demo?: DemoPbx;
};

type Refused = Exclude<Outcome, { readonly ok: true }>;

const done: Outcome = { ok: true };

/**
 * The accounts of this companion: signs in, out, and to the demo. What is asked is done one after the other, so that two
 * clicks never make two accounts of one.
 */
export class Accounts {
  readonly #ports: AccountsPorts;
  readonly #trials: Trials;
  /** In the order they were signed in. */
  readonly #entries = new Map<string, Entry>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#trials = new Trials({ ...ports, known: () => this.#real().map(({ settings }) => settings) });
  }

  /** Signs in to the accounts that were kept. */
  resume(accounts: readonly AccountSettings[]): void {
    for (const account of accounts) this.#add(account);
  }

  /**
   * Signs in on trial, and keeps account and password only when that worked. An account that is there already signs in
   * anew and keeps its lines; the one that is named (`account`) gives way to what was typed in its place.
   */
  signIn({ account: again, ...typed }: CommandArguments<'signIn'>): Promise<SignInOutcome> {
    return this.#inTurn(async () => {
      const replaced = again === undefined ? undefined : this.#entries.get(again);
      const tried = await this.#trials.signIn(typed);
      if (!tried.ok) return tried;
      const { account } = tried;
      const known = this.#entries.get(account.key);
      if (!known && !replaced && this.#real().length >= MAX_ACCOUNTS)
        return refusedSignIn(this.#refused('tooManyAccounts', String(MAX_ACCOUNTS)));
      const failure = await this.#keep(account, typed.password);
      if (failure) return refusedSignIn(failure);
      await this.#leaveDemo();
      if (known) await this.#renew(known, account);
      else this.#add(account);
      if (!replaced || replaced.demo || replaced.settings.key === account.key) return { ok: true };
      const left = await this.#forget(replaced);
      return left ? refusedSignIn(left) : { ok: true };
    });
  }

  /** Tests the connection and keeps nothing. One test at a time: a new one ends the one that runs. */
  testSignIn(
    asked: CommandArguments<'testSignIn'>,
    tell: (step: TestStepView) => void,
  ): Promise<SignInOutcome> {
    return this.#trials.test(asked, tell);
  }

  cancelTest(): void {
    this.#trials.cancelTest();
  }

  /**
   * Pins the certificate that stops this account now, and signs in with the password that is kept. Any other certificate
   * is refused: the word was not given for it.
   */
  trustCertificate({ account, fingerprint }: CommandArguments<'trustCertificate'>): Promise<Outcome> {
    return this.#inTurn(async () => {
      const entry = this.#entries.get(account);
      if (!entry) return this.#refused('noAccount');
      const session = this.#ports.companion.state.getState().sessions[account];
      const refusedNow = session && 'problem' in session ? certificateView(session.problem) : undefined;
      if (entry.demo || refusedNow?.fingerprint !== fingerprint) return this.#refused('certificateGone');
      const settings = { ...entry.settings, pinnedCertificate: fingerprint };
      const kept = await this.#ports.file.put(settings);
      if (!kept.ok) return this.#refused('settingsNotKept', kept.detail);
      await this.#renew(entry, settings);
      return done;
    });
  }

  /** Signs out and forgets account and password. What is kept beside the demo stays. */
  signOut(account: string): Promise<Outcome> {
    return this.#inTurn(async () => {
      const entry = this.#entries.get(account);
      if (!entry) return this.#refused('noAccount');
      return (await this.#forget(entry)) ?? done;
    });
  }

  /** Starts the demo PBX and signs in to it, where nobody is signed in. Nothing of it is kept. */
  tryDemo(): Promise<Outcome> {
    return this.#inTurn(async () => {
      if (this.#entries.size > 0) return this.#refused('signedInAlready');
      try {
        const demo = await startDemoPbx();
        this.#add({ ...demo.account, resource: this.#ports.resource }, demo);
        return done;
      } catch (error) {
        return this.#refused('demoFailed', error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** What the form of an Asterisk account shows besides server and user; undefined where there is no such account. */
  asteriskEntries(account: string): AsteriskEntries | undefined {
    const settings = this.#entries.get(account)?.settings;
    if (settings?.kind !== 'asterisk') return undefined;
    const { context, lines, plainText, autoAnswer, remoteAnswer } = settings;
    return {
      context,
      phones: phonesText(lines),
      ...(plainText && { plainText }),
      ...(autoAnswer && { autoAnswer }),
      ...(remoteAnswer && { remoteAnswer }),
    };
  }

  /** Tries again at once where the session waits or has failed. */
  retry(account: string): Outcome {
    const entry = this.#entries.get(account);
    if (!entry) return this.#refused('noAccount');
    entry.session.start();
    return done;
  }

  /** Ends the test that runs, and the demo PBX if there is one. The companion signs out by itself. */
  async stop(): Promise<void> {
    this.cancelTest();
    for (const { demo } of this.#entries.values()) await demo?.close();
  }

  #inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #real(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ demo }) => !demo);
  }

  /** The password first: an account without one would fail at the next start. */
  async #keep(account: AccountSettings, password: string): Promise<Refused | undefined> {
    const { vault, file } = this.#ports;
    const kept = await vault.write(vaultKey(account), password);
    if (!kept.ok) return this.#refused('passwordNotKept', kept.detail);
    const written = await file.put(account);
    if (written.ok) return undefined;
    if (!this.#entries.has(account.key)) await vault.forget(vaultKey(account));
    return this.#refused('settingsNotKept', written.detail);
  }

  #add(account: AccountSettings, demo?: DemoPbx): void {
    const { key, host } = account;
    const sessions: RenewableSession[] = [];
    this.#ports.companion.addAccount({
      key,
      pbxName: host,
      connect: (listener) => {
        const session = new RenewableSession(listener, this.#session(account, demo));
        sessions.push(session);
        this.#entries.set(key, { settings: account, session, ...(demo && { demo }) });
        this.#tell();
        return session;
      },
    });
  }

  async #renew({ session }: Entry, settings: AccountSettings): Promise<void> {
    this.#entries.set(settings.key, { settings, session });
    this.#tell();
    await session.renew(this.#session(settings));
  }

  #session(account: AccountSettings, demo?: DemoPbx): MakeSession {
    const password = async () => demo?.password ?? this.#password(account);
    return (listener) => accountSession(account, password, listener);
  }

  async #password(account: AccountSettings): Promise<string> {
    const found = await this.#ports.vault.read(vaultKey(account));
    if (!found.ok) throw new Error(found.detail);
    if (found.secret === undefined) throw new Error('no password is kept');
    return found.secret;
  }

  async #forget(entry: Entry): Promise<Refused | undefined> {
    const { vault, file } = this.#ports;
    const { settings, demo } = entry;
    if (!demo) {
      const removed = await file.remove(settings.key);
      if (!removed.ok) return this.#refused('settingsNotKept', removed.detail);
      const forgotten = await vault.forget(vaultKey(settings));
      if (!forgotten.ok) return this.#refused('passwordNotKept', forgotten.detail);
    }
    await this.#leave(entry);
    return undefined;
  }

  async #leaveDemo(): Promise<void> {
    for (const entry of [...this.#entries.values()]) if (entry.demo) await this.#leave(entry);
  }

  async #leave({ settings, demo }: Entry): Promise<void> {
    this.#entries.delete(settings.key);
    this.#tell();
    await this.#ports.companion.removeAccount(settings.key);
    await demo?.close();
  }

  #tell(): void {
    this.#ports.changed(
      [...this.#entries.values()].map(
        ({ settings: { kind, key, host, port, user, pinnedCertificate }, demo }) => ({
          key,
          kind,
          server: serverText(host, port),
          user,
          demo: demo !== undefined,
          ...(pinnedCertificate !== undefined && { trusted: pinnedCertificate }),
        }),
      ),
    );
  }

  #refused(name: Parameters<typeof ownProblem>[0], detail?: string): Refused {
    return { ok: false, problem: ownProblem(name, this.#ports.language, detail) };
  }
}

const vaultKey = ({ key }: { readonly key: string }) => ({ scope: 'user', account: key }) as const;

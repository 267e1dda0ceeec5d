import { randomBytes } from 'node:crypto';
import { accountSession, besides } from '../app/account-session.ts';
import { systemClock } from '../app/clock.ts';
import type { Language, Text } from '../app/language.ts';
import { runConnectionTest } from '../app/pbx/connection-test.ts';
import type { Pbx, PbxListener } from '../app/pbx/port.ts';
import { type AccountSettings, type ParsedAccount, parseAccount } from '../app/settings/account.ts';
import { splitServer } from '../app/settings/server-text.ts';
import type { TestArguments } from './arguments.ts';
import { type PasswordInput, readPassword } from './password.ts';
import { readPhones } from './phones-file.ts';
import type { Output } from './terminal.ts';
import { outputForPeople, outputForPrograms } from './test-output.ts';

/** How `headless test` ends; docs/admin/accounts.md lists them for people. */
export const EXIT = {
  /** the account can sign in, with or without notes */
  passed: 0,
  /** a step failed */
  failed: 1,
  /** nothing was tried: the command line, an entry or the password makes no sense */
  badEntries: 2,
  /** interrupted, as shells count it */
  cancelled: 130,
} as const;

/** What the command needs of the world; `print` takes one line, without its end. */
export type TestWorld = Output & {
  readonly input: PasswordInput;
  /**
   * Fires when the user interrupts from now on. Not called while the password is read: there, interrupting
   * just ends.
   */
  readonly interrupted: () => AbortSignal;
  readonly connect: (account: AccountSettings, password: string, listener: PbxListener) => Pbx;
};

/** Tests an account on the command line. Resolves to the exit code. */
export async function testOnCommandLine(options: TestArguments, world: TestWorld): Promise<number> {
  const { print, complain, connect } = world;
  const language = options.language ?? world.language;
  const found = await accountOf(options);
  if (!found.ok) {
    for (const text of found.problems) complain(text[language]);
    return EXIT.badEntries;
  }
  const read = await readPassword(world.input, () => complain(ASK[language]));
  if (!read.ok) {
    if (!read.problem) return EXIT.cancelled;
    complain(read.problem[language]);
    return EXIT.badEntries;
  }
  const pbx = options.asterisk ? 'asterisk' : undefined;
  const output = options.json ? outputForPrograms : outputForPeople(language, pbx);
  const result = await runConnectionTest(
    (listener) => connect(found.account, read.password, listener),
    { clock: systemClock },
    (step) => output.step(step).forEach(print),
    { signal: world.interrupted(), ...(pbx && { pbx }) },
  );
  output.end(result).forEach(print);
  if (result.cancelled) return EXIT.cancelled;
  return result.passed ? EXIT.passed : EXIT.failed;
}

/** The same with this process's standard input, network and interrupt key. */
export function testOnTerminal(options: TestArguments, { print, ...output }: Output): Promise<number> {
  return testOnCommandLine(options, {
    ...output,
    input: process.stdin,
    print: (line) => print(`${line}\n`),
    interrupted: () => {
      const interrupting = new AbortController();
      process.once('SIGINT', () => interrupting.abort());
      return interrupting.signal;
    },
    connect: (account, password, listener) => accountSession(account, async () => password, listener),
  });
}

type FoundAccount =
  | { readonly ok: true; readonly account: AccountSettings }
  | { readonly ok: false; readonly problems: readonly Text[] };

async function accountOf(options: TestArguments): Promise<FoundAccount> {
  if (!options.asterisk)
    return found(parseAccount({ ...shared(options), domain: options.domain, resource: 'test' }));
  const { phone, phones, context, plainText } = options;
  const read = phones === undefined ? undefined : await readPhones(phones);
  if (read && !read.ok) return read;
  const lines = read?.lines ?? phone;
  return found(parseAccount({ kind: 'asterisk', ...shared(options), lines, context, plainText }));
}

const shared = ({ server, user, certificate }: TestArguments) => ({
  key: 'test',
  ...splitServer(server),
  user,
  pinnedCertificate: certificate,
});

function found(parsed: ParsedAccount): FoundAccount {
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(({ text }) => text) };
  return { ok: true, account: besides(parsed.account, randomBytes(PART_BYTES).toString('hex')) };
}

const PART_BYTES = 6;

const ASK: Readonly<Record<Language, string>> = {
  de: 'Passwort (es wird nicht angezeigt):',
  en: 'Password (it is not shown):',
};

import { randomBytes } from 'node:crypto';
import { systemClock } from '../app/clock.ts';
import type { Language } from '../app/language.ts';
import { runConnectionTest } from '../app/pbx/connection-test.ts';
import { createMobydick, systemPorts } from '../app/pbx/mobydick/mobydick.ts';
import type { Pbx, PbxListener } from '../app/pbx/port.ts';
import { type AccountSettings, parseAccount } from '../app/settings/account.ts';
import { splitServer } from '../app/settings/server-text.ts';
import { VERSION } from '../app/version.ts';
import type { TestArguments } from './arguments.ts';
import { type PasswordInput, readPassword } from './password.ts';
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

/** What the command needs of the world. */
export type TestWorld = {
  readonly input: PasswordInput;
  /** Writes a line where results belong. */
  readonly print: (line: string) => void;
  /** Writes a line where complaints and questions belong. */
  readonly complain: (line: string) => void;
  /**
   * Fires when the user interrupts from now on. Not called while the password is read: there, interrupting
   * just ends.
   */
  readonly interrupted: () => AbortSignal;
  /** The language of who did not ask for one. */
  readonly language: Language;
  readonly connect: (account: AccountSettings, password: string, listener: PbxListener) => Pbx;
};

/** Tests an account on the command line. Resolves to the exit code. */
export async function testOnCommandLine(options: TestArguments, world: TestWorld): Promise<number> {
  const { print, complain, connect } = world;
  const language = options.language ?? world.language;
  const parsed = accountOf(options);
  if (!parsed.ok) {
    for (const { text } of parsed.problems) complain(text[language]);
    return EXIT.badEntries;
  }
  const read = await readPassword(world.input, () => complain(ASK[language]));
  if (!read.ok) {
    if (!read.problem) return EXIT.cancelled;
    complain(read.problem[language]);
    return EXIT.badEntries;
  }
  const output = options.json ? outputForPrograms : outputForPeople(language);
  const result = await runConnectionTest(
    (listener) => connect(parsed.account, read.password, listener),
    { clock: systemClock },
    (step) => output.step(step).forEach(print),
    { signal: world.interrupted() },
  );
  output.end(result).forEach(print);
  if (result.cancelled) return EXIT.cancelled;
  return result.passed ? EXIT.passed : EXIT.failed;
}

/** The same with this process's terminal, network and interrupt key. */
export async function testInThisProcess(options: TestArguments): Promise<number> {
  const code = await testOnCommandLine(options, {
    input: process.stdin,
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    interrupted: () => {
      const interrupting = new AbortController();
      process.once('SIGINT', () => interrupting.abort());
      return interrupting.signal;
    },
    language: new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en',
    connect: (account, password, listener) =>
      createMobydick({ ...account, password: async () => password }, listener, systemPorts(VERSION)),
  });
  await new Promise<void>((resolve) => void process.stdout.write('', () => resolve()));
  return code;
}

function accountOf({ server, user, domain, certificate }: TestArguments) {
  return parseAccount({
    key: 'test',
    ...splitServer(server),
    user,
    domain,
    pinnedCertificate: certificate,
    // Of each test's own: of two equal ones a server would end the older.
    resource: `tapline-test-${randomBytes(RESOURCE_BYTES).toString('hex')}`,
  });
}

const RESOURCE_BYTES = 6;

const ASK: Readonly<Record<Language, string>> = {
  de: 'Passwort (es wird nicht angezeigt):',
  en: 'Password (it is not shown):',
};

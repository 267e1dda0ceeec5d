/**
 * The whole path in processes of their own: a companion without a window, signed in to an office, the provider, and a
 * program that asks it as Windows' telephony service does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildNative } from '../../../tools/native/build.ts';
import { type CompanionProcess, startCompanion } from '../../../tools/rig/companion-process.ts';
import { type HostLine, HostProcess } from '../../../tools/rig/host-process.ts';
import { MANAGERS, type Office, SECRET } from './office.ts';
import { PATIENCE } from './until.ts';

/** What differs between accounts. */
export type Path = {
  /** The manager user; the usual one unless set. */
  readonly user?: string;
  /** The line as a person types it: `line_1=PJSIP/bob 832 Bob`. */
  readonly line: string;
  /** Where its calls begin. */
  readonly context: string;
  readonly plainText?: true;
};

/** LINEERR_ values are those of LONGs below zero. */
const FIRST_ERROR = 0x8000_0000;
/** ms */
const POLL = 5;

export class TapiProgram {
  readonly host: HostProcess;
  readonly #companion: CompanionProcess;
  readonly #folder: string;
  /** How many requests it made. */
  #requests = 0;
  #closed: Promise<number | null> | undefined;

  private constructor(host: HostProcess, companion: CompanionProcess, folder: string) {
    this.host = host;
    this.#companion = companion;
    this.#folder = folder;
  }

  /** Starts all of it, and resolves when the account's one line is open. */
  static async open(
    office: Office,
    { line, context, plainText, user = MANAGERS.usual }: Path,
  ): Promise<TapiProgram> {
    const { library } = await buildNative();
    const folder = mkdtempSync(join(tmpdir(), 'tapline-path-'));
    const socket = join(folder, 'companion.sock');
    const companion = await startCompanion({ where: 'native', folder, socket });
    const { ami, amiTls } = office.asterisk;
    const account = {
      kind: 'asterisk',
      key: 'office',
      host: '127.0.0.1',
      user,
      context,
      lines: line,
      ...(plainText ? { port: ami, plainText } : { port: amiTls, pinnedCertificate: office.fingerprint }),
    };
    companion.control.send({ op: 'signIn', account, password: SECRET });
    const host = new HostProcess({ where: 'native', socket, build: dirname(library) });
    const program = new TapiProgram(host, companion, folder);
    try {
      await host.log.wait('LINE_CREATE', ({ kind }) => kind === 'lineCreate', PATIENCE);
      await host.command('open first');
      await inService(host);
    } catch (error) {
      await program.close();
      throw error;
    }
    return program;
  }

  /** Waits until the program is told that its call is in this state. */
  told(state: string): Promise<HostLine> {
    return this.host.state(state, 0, PATIENCE);
  }

  /** Asks for something that is completed later: `drop %`, where the sign stands for the request. @returns its result */
  async ask(command: string): Promise<unknown> {
    this.#requests += 1;
    const request = this.#requests;
    const { result } = await this.host.command(command.replace('%', String(request)));
    // Refused at once: nothing completes it.
    if (Number(result) >= FIRST_ERROR) return result;
    const completed = await this.host.log.wait(
      `the completion of ${command}`,
      (line) => line.kind === 'completion' && line['request'] === request,
      PATIENCE,
    );
    return completed['result'];
  }

  /** Every state that the program was told, of whatever call. */
  get states(): readonly unknown[] {
    return this.host.log.entries
      .filter((line) => line['message'] === 'LINE_CALLSTATE')
      .map((line) => line['state']);
  }

  /** Ends all of it, once. @returns the host's exit code: 0 when the provider broke no rule */
  close(): Promise<number | null> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<number | null> {
    const code = await this.host.quit();
    await this.#companion.stop();
    rmSync(this.#folder, { recursive: true, force: true });
    return code;
  }
}

/** A line is announced while its companion signs in, and serves calls a moment later. */
async function inService(host: HostProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const { inService: serves } = await host.command('linestatus');
    if (serves === true) return;
    if (performance.now() > deadline) throw new Error('the line never came into service');
    await sleep(POLL);
  }
}

/** Debian's slixmpp as a child process: what it is told to do, and what it says happened. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Simulator } from '../../simulator/simulator.ts';

/** Debian's Python reads Debian's packages; one that comes first on the PATH may not. */
const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('./slixmpp_client.py', import.meta.url));
const PATIENCE_MS = 20_000;

/** One line of the client; which fields are set depends on the event. */
export interface Line {
  readonly event: string;
  readonly sender?: string;
  readonly xml?: string;
  readonly id?: string;
  readonly jid?: string;
  readonly error?: string;
}

export class Slixmpp {
  readonly #process: ChildProcess;
  readonly #lines: Line[] = [];
  #errors = '';
  #over = false;
  #wake: () => void = () => undefined;
  #ids = 0;

  /**
   * Starts to sign in.
   * @param folder for the certificate to trust
   * @param resume speaks XEP-0198 and comes back to a lost session
   */
  constructor(
    simulator: Simulator,
    { user, password }: { readonly user: string; readonly password: string },
    { folder, resume = false }: { readonly folder: string; readonly resume?: boolean },
  ) {
    const ca = join(folder, 'certificate.pem');
    writeFileSync(ca, simulator.certificate.certPem);
    this.#process = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
    if (this.#process.stdout !== null) {
      createInterface(this.#process.stdout).on('line', (line) => {
        this.#lines.push(JSON.parse(line));
        this.#wake();
      });
    }
    this.#process.stderr?.on('data', (text) => {
      this.#errors += text;
    });
    this.#process.once('close', () => {
      this.#over = true;
      this.#wake();
    });
    const { host, port, domain } = simulator;
    this.#tell({ host, port, jid: `${user}@${domain}/slixmpp`, password, ca, resume });
  }

  /** What was not yet taken by `expect`. */
  get unread(): readonly Line[] {
    return this.#lines;
  }

  presence(): void {
    this.#tell({ do: 'presence' });
  }

  /** Sends a command without waiting. @returns its id */
  send(module: string, body: string): string {
    const id = String(++this.#ids);
    this.#tell({ do: 'command', id, module, body });
    return id;
  }

  /** Sends a command and answers the stanza that answers it. */
  async command(module: string, body: string): Promise<string> {
    const id = this.send(module, body);
    const { xml, error } = await this.expect('answer', (line) => line.id === id);
    return xml ?? error ?? '';
  }

  /** Takes the first line of the event that fits, and leaves the others. */
  async expect(event: string, fits: (line: Line) => boolean = () => true): Promise<Line> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const index = this.#lines.findIndex((line) => line.event === event && fits(line));
      const [found] = index < 0 ? [] : this.#lines.splice(index, 1);
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (this.#over || left <= 0)
        throw new Error(`No ${event} of slixmpp; it said ${JSON.stringify(this.#lines)} ${this.#errors}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Signs out; resolves when the process has ended. */
  async stop(): Promise<void> {
    if (this.#over) return;
    const closed = once(this.#process, 'close');
    this.#tell({ do: 'stop' });
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), PATIENCE_MS);
    await closed;
    clearTimeout(timer);
  }

  #tell(order: object): void {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
  }
}

/** A telephony program that does what it is told: commands go in, lines come out. lineprobe's README has the words. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LINEFEATURE } from '../../app/tsp/tapi.ts';
import { Log } from '../rig/log.ts';

export interface ProbeLine {
  readonly kind: 'start' | 'line' | 'return' | 'message' | 'end';
  readonly [field: string]: unknown;
}

/** How long Windows telephony may take for one thing, in ms: its service starts with the first program. */
export const ANSWER_MS = 30_000;
/** How often a line is looked for that has to appear or to come into service, in ms. */
const LOOK_MS = 100;

/** The message of a line as `wait` of lineprobe knows it: `LINE_CALLSTATE CONNECTED`, `LINE_REPLY 0`. */
export function messageText({ message, state, error, request }: ProbeLine): string {
  if (message === 'LINE_CALLSTATE') return `${message} ${String(state)}`;
  if (message === 'LINE_REPLY') return `${message} ${request === undefined ? '?' : String(error ?? 0)}`;
  return String(message);
}

/** Reads `0x…` of a line; 0 when there is none. */
export const bits = (value: unknown): number => (typeof value === 'string' ? Number(value) || 0 : 0);

export abstract class TelephonyProgram {
  readonly log = new Log<ProbeLine>();
  /** How long one thing may take, at TAPI or at the exchange, in ms. */
  patience = ANSWER_MS;

  /** Gives a command; its answer, whatever it is. */
  abstract ask(command: string): Promise<ProbeLine>;

  /** How far it is: what is waited for from here on is news. */
  get mark(): number {
    return this.log.entries.length;
  }

  /** Gives a command that has to succeed. Rejects with TAPI's error or the program's problem. */
  async command(command: string): Promise<ProbeLine> {
    const answer = await this.ask(command);
    const wrong = answer['error'] ?? answer['problem'];
    if (wrong !== undefined) throw new Error(`${command.split(' ', 1)[0]}: ${String(wrong)}`);
    return answer;
  }

  /** Waits for a line of this kind, from `from` on. */
  wait(what: string, matches: (line: ProbeLine) => boolean, from: number): Promise<ProbeLine> {
    return this.log.wait(what, matches, this.patience, from);
  }

  /** Waits for a message, from `from` on. */
  message(text: string, from: number): Promise<ProbeLine> {
    return this.wait(text, (line) => line.kind === 'message' && messageText(line) === text, from);
  }

  /** Gives a command that TAPI completes later, and waits until it has. @returns its answer */
  async completed(command: string): Promise<ProbeLine> {
    const from = this.mark;
    const answer = await this.command(command);
    const error = (await this.#reply(answer, from))?.['error'];
    if (error !== undefined) throw new Error(`${command.split(' ', 1)[0]}: ${String(error)}`);
    return answer;
  }

  /** With what TAPI refuses a command, at once or later; undefined: it was accepted. */
  async refusal(command: string): Promise<string | undefined> {
    const from = this.mark;
    const answer = await this.ask(command);
    if (answer['problem'] !== undefined) throw new Error(`${command.split(' ', 1)[0]}: ${answer['problem']}`);
    const error = answer['error'] ?? (await this.#reply(answer, from))?.['error'];
    return error === undefined ? undefined : String(error);
  }

  /** The line of a person, as soon as it is there: lines can appear while a program runs. */
  line(owner: string): Promise<ProbeLine> {
    return this.#until(`the line of ${owner}`, () => this.findLine(owner));
  }

  /** The same as it is now; undefined: there is none. */
  async findLine(owner: string): Promise<ProbeLine | undefined> {
    const from = this.mark;
    await this.command('lines');
    const lines = this.log.entries.slice(from).filter(({ kind }) => kind === 'line');
    return lines.find(({ name }) => String(name).startsWith(owner));
  }

  /** Opens a person's line and waits until it can be dialled from. @returns its device */
  async open(owner: string, as: 'owner' | 'monitor' = 'owner'): Promise<number> {
    const device = Number((await this.line(owner))['device']);
    await this.command(`open ${device} ${as}`);
    await this.#until(`the line of ${owner} in service`, async () => {
      const { lineFeatures } = await this.command('linestatus');
      return (bits(lineFeatures) & LINEFEATURE.makeCall) === 0 ? undefined : true;
    });
    return device;
  }

  async #until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
    const deadline = performance.now() + this.patience;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(`${what} is not there`);
      await sleep(LOOK_MS);
    }
  }

  /** The message that completes a request; undefined where the answer was all. */
  async #reply({ request }: ProbeLine, from: number): Promise<ProbeLine | undefined> {
    if (request === undefined) return undefined;
    const completes = (line: ProbeLine): boolean =>
      line['message'] === 'LINE_REPLY' && line['request'] === request;
    return this.wait('LINE_REPLY', completes, from);
  }
}

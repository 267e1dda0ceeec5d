/** One call as a telephony program has it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallVerb } from '../../app/calls/call.ts';
import { bits, type ProbeLine, type TelephonyProgram } from './telephony-program.ts';
import { offers } from './verbs.ts';

/** How long a verb may take that another call's state gives, and how often it is looked for, in ms. */
const OFFER_MS = 5_000;
const LOOK_MS = 20;

export class ProgramCall {
  /** The program's number for it. */
  readonly number: string;
  readonly #program: TelephonyProgram;
  readonly #from: number;
  #seen: number;

  /** @param from where its states begin in what the program wrote */
  constructor(program: TelephonyProgram, number: unknown, from: number) {
    this.#program = program;
    this.number = String(number);
    this.#from = from;
    this.#seen = from;
  }

  /** Lets `happen` bring a call, and waits until the program is offered it. */
  static async offered(program: TelephonyProgram, happen: () => void): Promise<ProgramCall> {
    const from = program.mark;
    happen();
    const offering = await program.message('LINE_CALLSTATE OFFERING', from);
    const call = new ProgramCall(program, offering['call'], from);
    await call.reaches('OFFERING');
    return call;
  }

  /** Gives a command that a new call comes of, and waits until TAPI has completed it. */
  static async made(program: TelephonyProgram, command: string): Promise<ProgramCall> {
    const from = program.mark;
    const { call } = await program.completed(command);
    return new ProgramCall(program, call, from);
  }

  /** The states so far, each once in a row: TAPI tells a state again when only its features are news. */
  get states(): readonly string[] {
    const told = this.#program.log.entries.slice(this.#from).filter((line) => this.#isState(line));
    return told.map(({ state }) => String(state)).filter((state, at, all) => state !== all[at - 1]);
  }

  /** Waits for a state that comes after the last one waited for. */
  async reaches(state: string): Promise<void> {
    const arrives = (line: ProbeLine): boolean => this.#isState(line) && line['state'] === state;
    const found = await this.#program.wait(`call ${this.number} in ${state}`, arrives, this.#seen);
    this.#seen = this.#program.log.entries.indexOf(found) + 1;
  }

  /** Asks for a verb that has to be offered now, and waits until TAPI has completed it. */
  async does(verb: CallVerb, command: string): Promise<ProbeLine> {
    if (!(await this.offers(verb))) throw new Error(`${verb} is not offered in ${this.states.at(-1)}`);
    return this.#program.completed(this.command(command));
  }

  /** Waits until a verb is offered: another call's new state can be what gives it to this one. */
  async comesToOffer(verb: CallVerb): Promise<void> {
    const deadline = performance.now() + OFFER_MS;
    while (!(await this.offers(verb))) {
      if (performance.now() > deadline) throw new Error(`${verb} is not offered in ${this.states.at(-1)}`);
      await sleep(LOOK_MS);
    }
  }

  /** Whether the call shows a verb now. */
  async offers(verb: CallVerb): Promise<boolean> {
    const { features } = await this.#program.command(`callstatus ${this.number}`);
    return offers({ callFeatures: bits(features), addressFeatures: 0 }, verb);
  }

  /** The fields of LINECALLINFO. */
  info(): Promise<ProbeLine> {
    return this.#program.command(`callinfo ${this.number}`);
  }

  /** The program drops it. @param through as of `ends` */
  async drops(...through: readonly string[]): Promise<void> {
    await this.does('drop', 'drop');
    await this.ends(...through);
  }

  /** Waits for its end, and gives its handle back. @param through just the states it went through before that */
  async ends(...through: readonly string[]): Promise<void> {
    const expected = [...through, 'DISCONNECTED', 'IDLE'];
    await this.reaches('IDLE');
    await this.#program.command(`release ${this.number}`);
    const { states } = this;
    if (states.join() !== expected.join())
      throw new Error(`the call went through ${states.join(', ')} instead of ${expected.join(', ')}`);
  }

  /** The command for this call: `blindtransfer 342` becomes `blindtransfer 3 342`. */
  command(command: string): string {
    const [first = '', ...rest] = command.split(' ');
    return [first, this.number, ...rest].join(' ');
  }

  #isState({ kind, message, call }: ProbeLine): boolean {
    return kind === 'message' && message === 'LINE_CALLSTATE' && String(call) === this.number;
  }
}

/**
 * The companion's side of an office: one account of one Asterisk, and what TAPI programs see of its lines. Everything from
 * the socket to the states of calls is the product's own, with the clock and the network of the machine.
 */

import { type Call, isEnded, type Party } from '../../../app/calls/call.ts';
import { AccountCalls } from '../../../app/companion/account-calls.ts';
import { type Line, lineKey } from '../../../app/lines/line.ts';
import type { AsteriskAccount, AsteriskLine } from '../../../app/pbx/asterisk/account.ts';
import { createAsterisk } from '../../../app/pbx/asterisk/asterisk.ts';
import { type AsteriskPorts, systemPorts } from '../../../app/pbx/asterisk/ports.ts';
import type { Deadlines } from '../../../app/pbx/connection/deadlines.ts';
import type { PbxEvent, PbxHint, SessionState, WireLine } from '../../../app/pbx/port.ts';
import type { Reply } from '../../../app/tsp/commands.ts';
import type { Verb } from '../../../contract/generated/shim.ts';
import type { Office } from './office.ts';
import { accountFor, SHORT } from './session.ts';
import { until } from './until.ts';

const ACCOUNT = 'office';

export type Outcome = Parameters<Reply>[0];

/** One call as a TAPI program on its line saw it. */
export type SeenCall = {
  readonly id: number;
  /** The line's name as the account has it. */
  readonly line: string;
  /** Its states in their order; the mode where it tells why a call ended. */
  readonly states: readonly string[];
  /** As it was told last. */
  readonly last: Call;
};

export type SeatOptions = Partial<AsteriskAccount> & {
  readonly ports?: Partial<AsteriskPorts>;
  readonly deadlines?: Partial<Deadlines>;
};

/** Lines named as they are dialled: `PJSIP/bob`. */
export function phoneLines(...names: readonly string[]): AsteriskLine[] {
  return names.map((name) => {
    const [phone = name, extension = ''] = name.split(' ');
    const person = phone.charAt(0).toUpperCase() + phone.slice(1);
    return { name: `PJSIP/${phone}`, channel: `PJSIP/${phone}`, extension, person };
  });
}

export class Seat {
  readonly #calls: AccountCalls;
  readonly #pbx: ReturnType<typeof createAsterisk>;
  readonly #lines = new Map<string, Line>();
  readonly #seen = new Map<number, SeenCall & { states: string[]; last: Call }>();
  readonly #byLine = new Map<string, SeenCall[]>();
  readonly #names: ReadonlyMap<string, string>;
  readonly events: PbxEvent[] = [];
  readonly wire: WireLine[] = [];
  #lastId = 0;

  constructor(office: Office, { ports, deadlines, ...parts }: SeatOptions = {}) {
    const account = accountFor(office, parts);
    this.#names = new Map(account.lines.map(({ name }) => [lineKey(ACCOUNT, name), name]));
    this.#pbx = createAsterisk(
      account,
      { ...systemPorts, ...ports },
      {
        event: (event) => {
          this.events.push(event);
          this.#calls.handle(event);
        },
        trace: (line) => void this.wire.push(line),
      },
      { ...SHORT, ...deadlines },
    );
    this.#calls = new AccountCalls(ACCOUNT, 'Asterisk', this.#pbx, {
      clock: systemPorts.clock,
      nextCallId: () => this.#nextId(),
      lineChanged: (line) => void this.#lines.set(line.key, line),
      lineRemoved: (key) => void this.#lines.delete(key),
      callChanged: (call) => this.#changed(call),
      trace: (line) => void this.wire.push(line),
    });
    this.#pbx.start();
  }

  /** Opens a seat and resolves once it is online. */
  static async open(office: Office, options: SeatOptions = {}): Promise<Seat> {
    const seat = new Seat(office, options);
    await seat.reaches('online');
    return seat;
  }

  async reaches(state: SessionState['state'], nth = 1): Promise<SessionState> {
    const states = () => this.events.flatMap((event) => (event.type === 'session' ? [event.session] : []));
    return until(
      () => states().filter((each) => each.state === state)[nth - 1],
      () => `the session is not ${state}: ${JSON.stringify(states())}`,
    );
  }

  /** The names of the session's states, each once in a row. */
  sessions(): SessionState['state'][] {
    const names = this.events.flatMap((event) => (event.type === 'session' ? [event.session.state] : []));
    return names.filter((name, n) => name !== names[n - 1]);
  }

  /** How often Asterisk has listed all that lives. */
  listings(): number {
    return this.events.filter(({ type }) => type === 'listed').length;
  }

  /** Calls of all lines. */
  total(): number {
    return this.#seen.size;
  }

  get hints(): PbxHint[] {
    return this.events.flatMap((event) => (event.type === 'hint' ? [event.hint] : []));
  }

  line(name: string): Line {
    const line = this.#lines.get(lineKey(ACCOUNT, name));
    if (!line) throw new Error(`no line ${name}`);
    return line;
  }

  /** Every call that the line had, in the order in which they came. */
  on(line: string): SeenCall[] {
    return this.#byLine.get(line) ?? [];
  }

  /** The states of the line's calls: `offering > connected`. One text for each call. */
  stories(line: string): string[] {
    return this.on(line).map(({ states }) => states.join(' > '));
  }

  /** Resolves when the line's nth call is in this state, written as in a story. */
  async sees(line: string, state: string, nth = 1): Promise<SeenCall> {
    return until(
      () => {
        const seen = this.on(line)[nth - 1];
        return seen?.states.at(-1) === state && seen;
      },
      () => `${line} does not see ${state}, but ${JSON.stringify(this.stories(line))}\n${this.#tail()}`,
    );
  }

  /** Resolves when every call is over. */
  async silent(): Promise<void> {
    await until(
      () => [...this.#seen.values()].every(({ last }) => isEnded(last)),
      () => {
        const left = [...this.#seen.values()].filter(({ last }) => !isEnded(last));
        const told = left.map(({ line, states }) => `${line}: ${states.join(' > ')}`).join('\n');
        return `calls that never ended:\n${told}\n${this.#tail()}`;
      },
    );
  }

  /** Forgets what was seen. */
  forget(): void {
    this.#seen.clear();
    this.#byLine.clear();
    this.wire.length = 0;
  }

  dial(line: string, target: string): Promise<Outcome> {
    return ask((reply) => this.#calls.makeCall(this.line(line), target, this.#nextId(), reply));
  }

  pickup(line: string, target: string): Promise<Outcome> {
    return ask((reply) => this.#calls.pickup(this.line(line), target, this.#nextId(), reply));
  }

  pickupGroup(line: string): Promise<Outcome> {
    return ask((reply) => this.#calls.pickupGroup(this.line(line), '', this.#nextId(), reply));
  }

  command(call: number, verb: Verb): Promise<Outcome> {
    return ask((reply) => this.#calls.command(call, verb, reply));
  }

  blindTransfer(call: number, target: string): Promise<Outcome> {
    return ask((reply) => this.#calls.blindTransfer(call, target, reply));
  }

  redirect(call: number, target: string): Promise<Outcome> {
    return ask((reply) => this.#calls.redirect(call, target, reply));
  }

  setupTransfer(call: number, target: string): Promise<Outcome> {
    return ask((reply) => this.#calls.setupTransfer(call, target, this.#nextId(), reply));
  }

  completeTransfer(call: number, consultation: number): Promise<Outcome> {
    return ask((reply) => this.#calls.completeTransfer(call, consultation, reply));
  }

  generateDigits(call: number, digits: string): Promise<Outcome> {
    return ask((reply) => this.#calls.generateDigits(call, digits, reply));
  }

  check(): void {
    this.#pbx.check();
  }

  async close(): Promise<void> {
    this.#calls.close();
    await this.#pbx.stop();
  }

  #changed(call: Call): void {
    const { state } = call.status;
    const text = state === 'disconnected' ? `${state} ${call.status.mode}` : state;
    const seen = this.#seen.get(call.id);
    if (!seen) {
      const line = this.#names.get(call.line) ?? call.line;
      const first = { id: call.id, line, states: [text], last: call };
      this.#seen.set(call.id, first);
      this.#byLine.set(line, [...this.on(line), first]);
      return;
    }
    // A change of names publishes the call as well.
    if (seen.last.status !== call.status) seen.states.push(text);
    seen.last = call;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #tail(): string {
    return this.wire
      .slice(-40)
      .map(({ direction, label, channel }) => `${direction} ${label} ${channel ?? ''}`)
      .join('\n');
  }
}

/** `0301234567 Zoë Müller`; a dash for nobody. */
export const shown = ({ number, name }: Party): string =>
  [number, name].filter((part) => part !== '').join(' ') || '-';

function ask(request: (reply: Reply) => unknown): Promise<Outcome> {
  return new Promise((resolve) => void request(resolve));
}

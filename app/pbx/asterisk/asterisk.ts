import type { Timer } from '../../clock.ts';
import { DEADLINES, type Deadlines } from '../connection/deadlines.ts';
import { guarded } from '../guarded-listener.ts';
import type { ChannelReport, Pbx, PbxHint, PbxListener, SessionState, WireLine } from '../port.ts';
import type { AsteriskAccount } from './account.ts';
import { type AmiPacket, header } from './ami/packet.ts';
import { missingForAnswer, pbxUser } from './control/abilities.ts';
import { Control } from './control/control.ts';
import { DialPlanCalls } from './dial-plan/dial-plan-calls.ts';
import type { LineFact } from './facts.ts';
import { JoinedCalls } from './join/joined-calls.ts';
import { NativeCalls } from './native/native-calls.ts';
import type { Originated } from './originated.ts';
import { PhoneStates } from './phone-states.ts';
import type { AsteriskPorts } from './ports.ts';
import { missingContext } from './session/context-check.ts';
import { type AmiRights, may } from './session/rights.ts';
import { missingRights } from './session/rights-texts.ts';
import { type AmiSession, createSession } from './session/session.ts';
import { note, packetLine } from './trace.ts';

export type { AsteriskAccount, AsteriskLine } from './account.ts';
export { type AsteriskPorts, systemPorts } from './ports.ts';

/**
 * An Asterisk behind the port: signs in to its Manager Interface and follows the account's lines, by Asterisk's own events
 * and by those of a dial plan made for AstTapi, each as far as the manager user hears them. After `start` come `session`
 * events with the stages, then `users` and hints about missing rights, then `session` online, then what lives there
 * (`channel`, `listed`), then phones, channels and hints as they come.
 * @param deadlines for tests; unset ones are DEADLINES
 */
export function createAsterisk(
  account: AsteriskAccount,
  ports: AsteriskPorts,
  listener: PbxListener,
  deadlines: Partial<Deadlines> = {},
): Pbx {
  const adapter = new Asterisk(account, ports, guarded(listener), { ...DEADLINES, ...deadlines });
  const { session, control } = adapter;
  return {
    start: session.start,
    stop: session.stop,
    check: session.check,
    dial: (...args) => control.dial(...args),
    answer: (...args) => control.answer(...args),
    hangup: (...args) => control.hangup(...args),
    hold: () => control.hold(),
    unhold: () => control.hold(),
    blindTransfer: (...args) => control.blindTransfer(...args),
    redirect: (...args) => control.redirect(...args),
    sendDigits: (...args) => control.sendDigits(...args),
    consult: (...args) => control.consult(...args),
    completeTransfer: (...args) => control.completeTransfer(...args),
    pickup: (...args) => control.pickup(...args),
    // Asterisk's Manager Interface has no journal.
    endedCalls: async () => undefined,
  };
}

/** Wires the rooms: a packet becomes facts of both sources, these become one call, and this a report. */
class Asterisk {
  readonly session: AmiSession;
  readonly control: Control;
  readonly #account: AsteriskAccount;
  readonly #ports: AsteriskPorts;
  readonly #listener: PbxListener;
  readonly #native: NativeCalls;
  readonly #dialPlan: DialPlanCalls;
  readonly #joined = new JoinedCalls();
  readonly #phones: PhoneStates;
  /** Hints of this session, by code and subject. */
  readonly #hinted = new Set<string>();
  /** Asterisk's own events are heard: a channel that is known ends some day. */
  #follows = false;
  /** Counts sessions: a list that an older one asked for means nothing. */
  #sessions = 0;
  #timer: { readonly due: number; readonly timer: Timer } | undefined;

  constructor(account: AsteriskAccount, ports: AsteriskPorts, listener: PbxListener, deadlines: Deadlines) {
    const { lines } = account;
    this.#account = account;
    this.#ports = ports;
    this.#listener = listener;
    this.#native = new NativeCalls(lines);
    const hint = (told: PbxHint) => this.#hint(told);
    this.#dialPlan = new DialPlanCalls(lines, hint);
    this.session = createSession(
      account,
      {
        state: (state) => this.#state(state),
        greet: async (rights) => this.#greet(rights),
        rights: (rights) => this.#learned(rights),
        event: (packet) => this.#take(packet),
        trace: listener.trace,
      },
      ports,
      deadlines,
    );
    this.#phones = new PhoneStates(lines, {
      connection: this.session,
      phone: (user, phone) => listener.event({ type: 'phone', user, phone }),
      hint,
    });
    this.control = new Control({
      account,
      connection: this.session,
      clock: ports.clock,
      rights: () => this.session.rights(),
      native: this.#native,
      channelsOf: (channel) => this.#joined.channelsOf(channel),
      originated: (originated) => this.#originated(originated),
    });
  }

  #greet(rights: AmiRights): undefined {
    this.#hinted.clear();
    const users = this.#account.lines.map((line) => pbxUser(line, this.#account, rights));
    this.#listener.event({ type: 'users', users });
    this.#hintRights(rights);
    return undefined;
  }

  #state(session: SessionState): void {
    this.#listener.event({ type: 'session', session });
    if (session.state === 'online') {
      this.#begin(this.#resync());
      this.#begin(this.#phones.online());
    } else if (this.#sessions > 0) this.#lost();
  }

  /** What goes on beside the events. Its failure is no end of the session. */
  #begin(work: Promise<void>): void {
    work.catch((error: unknown) => this.#listener.trace(note('failed', String(error))));
  }

  #lost(): void {
    this.#sessions += 1;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.#native.lost();
    this.#phones.lost();
    this.control.lost();
  }

  /** What this user hears is better known: with Asterisk's own events, what lives can be followed from its list on. */
  #learned(rights: AmiRights): void {
    this.#hintRights(rights);
    if (rights.reads.call === 'yes' && !this.#follows) this.#begin(this.#resync());
  }

  /**
   * Events were missed: asks for every channel there is. A user who may not list them begins with nothing. One who does
   * not hear of their ends takes the list for what it tells of the dial plan's calls.
   */
  async #resync(): Promise<void> {
    this.#sessions += 1;
    const session = this.#sessions;
    this.#joined.reset();
    const rights = this.session.rights();
    this.#follows = rights?.reads.call === 'yes';
    if (!rights || !may(rights, 'Status')) return this.#forget();
    this.#dialPlan.newSession();
    if (this.#follows) this.#native.beginListing();
    else this.#native.reset();
    this.#dialPlan.beginListing();
    const answer = await this.session.list({ name: 'Status' });
    if (session !== this.#sessions) return;
    if (!answer.ok) {
      this.#listener.trace(note('no list of channels', answer.detail));
      return this.#forget();
    }
    const list = this.#follows ? this.#native : new NativeCalls(this.#account.lines);
    const seen = list.listed(answer.items, this.#ports.clock.now());
    const living = list.living();
    const ended = this.#dialPlan.listed(living, this.#ports.clock.now());
    const facts = this.#follows ? [...seen, ...ended] : ended;
    this.#tell(facts, () => note('Status', `${answer.items.length} channels`));
    const users = new Set(this.#account.lines.map(({ name }) => name));
    this.#listener.event({ type: 'listed', users, channels: this.#joined.listed(living) });
    this.#wait();
  }

  #forget(): void {
    this.#native.reset();
    this.#dialPlan.reset();
  }

  #originated(originated: Originated): void {
    this.#native.originated(originated);
    this.#dialPlan.originated(originated);
    this.#joined.originated(originated);
  }

  #take(packet: AmiPacket): void {
    this.control.take(packet);
    this.#phones.take(packet);
    const at = this.#ports.clock.now();
    const wire = (channel: string) => packetLine(packet, { channel });
    const seen = this.#tell(this.#native.take(packet, at), wire);
    const told = this.#tell(this.#dialPlan.take(packet, at), wire, seen);
    // A PBX tells of every phone's every step: what means nothing here is kept only where it was meant for us.
    if (told === 0 && isForUs(packet)) this.#listener.trace(packetLine(packet));
    this.#wait();
  }

  /**
   * Reports what facts make of the calls. Only the first report carries what it was made of.
   * @param before reports that were made of the same
   * @returns how many there are with those
   */
  #tell(facts: readonly LineFact[], wire: (channel: string) => WireLine, before = 0): number {
    let told = before;
    for (const fact of facts)
      for (const report of this.#joined.take(fact)) {
        this.#report(report, told === 0 ? wire(report.channel) : note(`and ${report.what.kind}`, fact.call));
        told += 1;
      }
    return told;
  }

  #report(report: ChannelReport, wire: WireLine): void {
    this.control.reported(report);
    this.#listener.event({ type: 'channel', report, wire });
  }

  /** Calls that are told nothing more of end some day. */
  #wait(): void {
    const due = Math.min(this.#dialPlan.due() ?? Infinity, this.#native.due() ?? Infinity);
    if (due === Infinity || (this.#timer && this.#timer.due <= due)) return;
    this.#timer?.timer.cancel();
    const { clock } = this.#ports;
    const elapsed = () => {
      this.#timer = undefined;
      const at = clock.now();
      this.#tell(this.#native.elapsed(at), () => note('nobody was called', ''));
      this.#tell(this.#dialPlan.elapsed(at), () => note('waited for too long', ''));
      this.#wait();
    };
    this.#timer = { due, timer: clock.after(Math.max(0, due - clock.now()), elapsed) };
  }

  #hintRights(rights: AmiRights): void {
    const account = this.#account;
    const missing = [...missingRights(rights), ...missingForAnswer(account, rights)];
    for (const hint of [...missing, ...missingContext(account, rights)]) this.#hint(hint);
  }

  #hint(hint: PbxHint): void {
    const key = `${hint.code}\n${hint.subject}`;
    if (this.#hinted.has(key)) return;
    this.#hinted.add(key);
    this.#listener.event({ type: 'hint', hint });
  }
}

/** What a dial plan says to AstTapi's heirs, and what became of a call that was asked for. */
function isForUs(packet: AmiPacket): boolean {
  const event = header(packet, 'Event') ?? '';
  if (!event.startsWith('UserEvent')) return event === 'OriginateResponse';
  return /^tapi/i.test(event.slice('UserEvent'.length) || (header(packet, 'UserEvent') ?? ''));
}

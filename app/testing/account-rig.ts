import type { Verb } from '../../contract/generated/shim.ts';
import { type Call, isEnded, nobody, type Party } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import { AccountCalls } from '../companion/account-calls.ts';
import { type Line, lineKey } from '../lines/line.ts';
import type {
  ChannelReport,
  EndedCall,
  PbxAbility,
  PbxUser,
  PhoneState,
  SessionState,
  WireLine,
} from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedPbx } from './scripted-pbx.ts';

const everything: readonly PbxAbility[] = ['dial', 'answer', 'hangup', 'pickup', 'hold', 'transfer'];
/** What a PBX can that follows every channel. */
export const able: readonly PbxAbility[] = [
  'dial',
  'hangup',
  'transfer',
  'redirect',
  'consult',
  'digits',
  'pickup',
  'pickupGroup',
];

/** A user of the scripted PBX, where an Answer or a Hold names its channel unless `names` says otherwise. */
export function user(
  name: string,
  extension: string,
  abilities = everything,
  names: PbxUser['answers'] = 'channel',
): PbxUser {
  const shown = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    user: name,
    name: shown,
    extension,
    abilities: new Set(abilities),
    answers: names,
    holds: names,
    role: 'user',
  };
}

export const party = (number: string, name = ''): Party => ({ number, name });

/** What a report about a channel says, beyond user and channel. Ends that are not given are unknown. */
export type Said = Partial<
  Pick<
    ChannelReport,
    'direction' | 'internal' | 'caller' | 'called' | 'redirecting' | 'connected' | 'origin' | 'call'
  >
>;

/** A report about one channel, in few words. `gone` and `disconnected` may carry a cause: `gone busy`. */
export function report(owner: string, channel: string, what: string, said: Said = {}): ChannelReport {
  const [kind, cause = 'unsaid'] = what.split(' ');
  const told = (
    kind === 'gone' || kind === 'disconnected' ? { kind, cause } : { kind }
  ) as ChannelReport['what'];
  return {
    user: owner,
    channel,
    direction: 'inbound',
    internal: false,
    caller: nobody,
    called: nobody,
    redirecting: nobody,
    ...said,
    what: told,
  };
}

/** `online` is a new session, `resumed` the one of before. */
export type SessionName = 'online' | 'resumed' | 'waiting' | 'connecting' | 'failed' | 'stopped';

export function sessionState(name: SessionName): SessionState {
  const problem = { code: 'lost', stage: 'online', detail: '' } as const;
  const states: Record<SessionName, SessionState> = {
    online: { state: 'online', resumed: false },
    resumed: { state: 'online', resumed: true },
    connecting: { state: 'connecting', stage: 'resolve' },
    waiting: { state: 'waiting', delay: 1_000, problem },
    failed: { state: 'failed', problem },
    stopped: { state: 'stopped' },
  };
  return states[name];
}

const wire: WireLine = { direction: 'in', label: 'scripted', text: '' };

/**
 * One account's calls on a scripted PBX and a fake clock. `log` is what left them, in its order: `1 ok` and
 * `1 operationFailed` are answers to makeCall and pickup, `1 dialtone` a published state, a mode follows where it tells
 * something.
 */
export class AccountRig {
  readonly clock = new FakeClock();
  readonly pbx = new ScriptedPbx();
  readonly published: Call[] = [];
  readonly lines = new Map<string, Line>();
  readonly log: string[] = [];
  /** What was answered, in its order: the part of `log` that is no state. */
  readonly answers: string[] = [];
  /** The calls that channel reports were traced with. */
  readonly traced: (number | undefined)[] = [];
  readonly calls: AccountCalls;
  #lastId = 0;

  constructor(users: readonly PbxUser[] = [user('anna', '370'), user('bob', '371')]) {
    this.calls = new AccountCalls('acme', 'PBX', this.pbx, {
      clock: this.clock,
      nextCallId: () => this.#nextId(),
      lineChanged: (line) => void this.lines.set(line.key, line),
      lineRemoved: (key) => void this.lines.delete(key),
      callChanged: (call) => this.#publish(call),
      trace: (_, call) => void this.traced.push(call),
    });
    this.calls.handle({ type: 'users', users });
  }

  /** A rig whose session is there. */
  static online(users?: readonly PbxUser[]): AccountRig {
    const rig = new AccountRig(users);
    rig.session('online');
    return rig;
  }

  session(state: SessionName): void {
    this.calls.handle({ type: 'session', session: sessionState(state) });
  }

  report(owner: string, channel: string, what: string, said?: Said): void {
    this.calls.handle({ type: 'channel', report: report(owner, channel, what, said), wire });
  }

  phone(owner: string, phone: PhoneState): void {
    this.calls.handle({ type: 'phone', user: owner, phone });
  }

  /** The PBX has listed what lives of a user's channels. */
  listed(owner: string, ...channels: readonly string[]): void {
    this.calls.handle({ type: 'listed', users: new Set([owner]), channels: new Set(channels) });
  }

  /** The PBX tells of a call that is over. */
  ended(owner: string, call: EndedCall): void {
    this.calls.handle({ type: 'ended', user: owner, call });
  }

  line(owner: string): Line {
    const line = this.lines.get(lineKey('acme', owner));
    if (!line) throw new Error(`${owner} has no line`);
    return line;
  }

  /** Asks for a call as a TAPI program does; the answer comes into the log. */
  makeCall(owner: string, target: string): Pending & { readonly id: number } {
    return this.#ask((id, reply) => this.calls.makeCall(this.line(owner), target, id, reply));
  }

  pickup(owner: string, target: string): Pending & { readonly id: number } {
    return this.#ask((id, reply) => this.calls.pickup(this.line(owner), target, id, reply));
  }

  makeCallPart(owner: string, target: string): Pending & { readonly id: number } {
    return this.#ask((id, reply) => this.calls.makeCallPart(this.line(owner), target, id, reply));
  }

  pickupGroup(owner: string, group = ''): Pending & { readonly id: number } {
    return this.#ask((id, reply) => this.calls.pickupGroup(this.line(owner), group, id, reply));
  }

  /** The answers to verbs come into the log as `drop 1 ok`. */
  command(verb: Verb, id: number): void {
    this.calls.command(id, verb, this.#reply(`${verb} ${id}`));
  }

  drop(id: number): void {
    this.command('drop', id);
  }

  answer(id: number): void {
    this.command('answer', id);
  }

  blindTransfer(id: number, target: string): void {
    this.calls.blindTransfer(id, target, this.#reply(`blindTransfer ${id}`));
  }

  redirect(id: number, target: string): void {
    this.calls.redirect(id, target, this.#reply(`redirect ${id}`));
  }

  /** Asks for a consultation call; the answer comes with its id, as of makeCall. */
  setupTransfer(about: number, target: string): Pending & { readonly id: number } {
    return this.#ask((id, reply) => this.calls.setupTransfer(about, target, id, reply));
  }

  completeTransfer(id: number, consultation: number): void {
    this.calls.completeTransfer(id, consultation, this.#reply(`completeTransfer ${id}`));
  }

  generateDigits(id: number, digits: string): Pending {
    return this.calls.generateDigits(id, digits, this.#reply(`generateDigits ${id}`));
  }

  /** `dial` with the last part of a number, `dialPart` with one before it. */
  dial(id: number, target: string, verb: 'dial' | 'dialPart' = 'dial'): void {
    this.calls.dial(id, target, verb === 'dial', this.#reply(`${verb} ${id}`));
  }

  /** What can be done with a call by what was published last of it. */
  offered(id: number): readonly string[] {
    const call = this.published.findLast((one) => one.id === id);
    return call ? [...features(call)].sort() : [];
  }

  /** A call rings at a phone: returns its id. */
  ring(owner: string, channel: string, said?: Said): number {
    this.report(owner, channel, 'ringing', { caller: party('0991'), ...said });
    return this.#lastId;
  }

  /** The calls that were published and have not ended. */
  get living(): Call[] {
    return [...new Map(this.published.map((call) => [call.id, call])).values()].filter(
      (call) => !isEnded(call),
    );
  }

  /** What was logged since the last time. */
  news(): string[] {
    return this.log.splice(0);
  }

  #ask(start: (id: number, reply: Reply) => Pending): Pending & { readonly id: number } {
    const id = this.#nextId();
    return { ...start(id, this.#reply(String(id))), id };
  }

  #reply(asked: string): Reply {
    return (result) => {
      const line = `${asked} ${result.ok ? 'ok' : result.error}`;
      this.answers.push(line);
      this.log.push(line);
    };
  }

  #publish(call: Call): void {
    this.published.push(call);
    const { status } = call;
    const plain = !('mode' in status) || status.state === 'dialtone' || status.mode === 'active';
    this.log.push(`${call.id} ${status.state}${plain ? '' : ` ${status.mode}`}`);
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** Anna talks to 0991 on SIP/a-1 (call 1); her session is lost. */
export function lostWhileTalking(): AccountRig {
  const rig = AccountRig.online();
  rig.ring('anna', 'SIP/a-1', { caller: party('0991') });
  rig.report('anna', 'SIP/a-1', 'busy', { caller: party('0991') });
  rig.session('waiting');
  rig.news();
  return rig;
}

/** The same, and a new session 20 s later. */
export function backAgain(): AccountRig {
  const rig = lostWhileTalking();
  rig.clock.advance(20_000);
  rig.session('online');
  return rig;
}

import type { Clock } from '../../../clock.ts';
import type { ChannelReport, CommandResult, Pbx } from '../../port.ts';
import type { AsteriskAccount, AsteriskLine } from '../account.ts';
import type { AmiAction, AmiConnection } from '../ami/connection.ts';
import type { AmiHeader, AmiPacket } from '../ami/packet.ts';
import type { NativeCalls } from '../native/native-calls.ts';
import type { Originated } from '../originated.ts';
import { type AmiRights, may } from '../session/rights.ts';
import { extensionProblem, missingExtension } from './extension.ts';
import { type Destination, Originations } from './originations.ts';
import { no, type Refusal, resultOf } from './results.ts';
import { type ChannelsOf, type Ends, Whereabouts } from './whereabouts.ts';

export type ControlPorts = {
  readonly account: AsteriskAccount;
  readonly connection: AmiConnection;
  readonly clock: Clock;
  readonly rights: () => AmiRights | undefined;
  readonly native: NativeCalls;
  readonly channelsOf: ChannelsOf;
  /** Told of each channel before it is asked for. */
  readonly originated: (originated: Originated) => void;
};

/** Q.850: what the far end of a call is told. */
const NORMAL = '16';
const BUSY = '17';

type Commands = Omit<Pbx, 'start' | 'stop' | 'check' | 'endedCalls'>;

/** Turns the port's commands into actions. Nothing is sent twice, and nothing that another action could hide in. */
export class Control implements Commands {
  readonly #ports: ControlPorts;
  readonly #lines: ReadonlyMap<string, AsteriskLine>;
  readonly #originations: Originations;
  readonly #where: Whereabouts;
  /** Channels that ring at the line's phone: to hang up is to decline. */
  readonly #ringing = new Set<string>();

  constructor(ports: ControlPorts) {
    const { account, connection, clock, native, channelsOf, originated } = ports;
    this.#ports = ports;
    this.#lines = new Map(account.lines.map((line) => [line.name, line]));
    this.#originations = new Originations(account, connection, clock, originated);
    this.#where = new Whereabouts(account.lines, native, connection, channelsOf);
  }

  /** Takes any packet. */
  take(packet: AmiPacket): void {
    this.#originations.take(packet);
  }

  /** Takes what the companion is told of a channel. */
  reported({ channel, direction, what }: ChannelReport): void {
    const rings = what.kind === 'ringing' || what.kind === 'accepted';
    if (rings && direction === 'inbound') this.#ringing.add(channel);
    else if (what.kind !== 'renamed') this.#ringing.delete(channel);
  }

  /** The session is lost. */
  lost(): void {
    this.#originations.lost();
    this.#ringing.clear();
  }

  async dial(user: string, target: string, call: number): Promise<CommandResult> {
    return extensionProblem(target) ?? this.#originate(user, { kind: 'dial', target }, call);
  }

  /**
   * A second call of the same phone: it shows the first one as waiting, and holds it when it answers. Asterisk's own
   * attended transfer (Atxfer) says yes where the call does not allow one, and plays the code to the far end instead.
   */
  async consult(user: string, _channel: string, target: string, call: number): Promise<CommandResult> {
    return this.dial(user, target, call);
  }

  async pickup(user: string, target: string, call: number): Promise<CommandResult> {
    if (target === '') return this.#originate(user, { kind: 'pickup', target }, call);
    const problem = extensionProblem(target);
    if (problem) return problem;
    const channel = await this.#where.ringingAt(target);
    if (channel === undefined) return no('refused', 'nothing rings there');
    if (!isPlainId(channel)) return no('refused', 'the channel that rings there cannot be named');
    return this.#originate(user, { kind: 'pickup', target, channel }, call);
  }

  async hangup(user: string, channel: string): Promise<CommandResult> {
    const ends = await this.#where.endsOf(user, channel);
    if (!ends) return unknownChannel;
    // Hangup takes a pattern between slashes (Asterisk 11 and up), and an event may name a channel as it likes.
    if (ends.own.startsWith('/')) return no('refused', 'the channel of this call cannot be named');
    const cause = this.#ringing.has(channel) ? BUSY : NORMAL;
    const result = await this.#send(channel, 'Hangup', [
      ['Channel', ends.own],
      ['Cause', cause],
    ]);
    // It is over already, and its end on the way here.
    return !result.ok && /no such channel/i.test(result.detail) ? { ok: true } : result;
  }

  async answer(user: string, channel: string): Promise<CommandResult> {
    const ends = await this.#where.endsOf(user, channel);
    if (!ends) return unknownChannel;
    return this.#send(channel, 'PJSIPNotify', [
      ['Channel', ends.own],
      ['Variable', 'Event=talk'],
    ]);
  }

  async blindTransfer(user: string, channel: string, target: string): Promise<CommandResult> {
    const ends = await this.#sendable(user, channel, target);
    if ('ok' in ends) return ends;
    const rights = this.#ports.rights();
    // Asterisk 11 and older has none: there the other end is sent away by itself.
    if (!rights || may(rights, 'BlindTransfer'))
      return this.#send(channel, 'BlindTransfer', [['Channel', ends.own], ...this.#to(target)]);
    return this.#redirect(channel, ends, target);
  }

  async redirect(user: string, channel: string, target: string): Promise<CommandResult> {
    const ends = await this.#sendable(user, channel, target);
    return 'ok' in ends ? ends : this.#redirect(channel, ends, target);
  }

  async sendDigits(user: string, channel: string, digits: string): Promise<CommandResult> {
    const far = (await this.#where.endsOf(user, channel))?.far;
    if (far === undefined) return unknownFarEnd;
    for (const digit of digits) {
      const result = await this.#send(channel, 'PlayDTMF', [
        ['Channel', far],
        ['Digit', digit],
      ]);
      if (!result.ok) return result;
    }
    return { ok: true };
  }

  async completeTransfer(user: string, channel: string, consultation: string): Promise<CommandResult> {
    const one = (await this.#where.endsOf(user, channel))?.far;
    const other = (await this.#where.endsOf(user, consultation))?.far;
    if (one === undefined || other === undefined || one === other) return unknownFarEnd;
    return this.#send(channel, 'Bridge', [
      ['Channel1', one],
      ['Channel2', other],
      ['Tone', 'no'],
    ]);
  }

  async hold(): Promise<CommandResult> {
    return no('unsupported', 'Asterisk cannot hold a call for a phone');
  }

  async unhold(): Promise<CommandResult> {
    return this.hold();
  }

  async #originate(user: string, to: Destination, call: number): Promise<CommandResult> {
    const line = this.#lines.get(user);
    if (!line) return no('unsupported', 'not a line of this account');
    return this.#originations.call(line, to, call);
  }

  /** The ends of a call that is to be sent to an extension, where that can be. */
  async #sendable(user: string, channel: string, target: string): Promise<Ends | Refusal> {
    const problem = extensionProblem(target);
    if (problem) return problem;
    const { connection, account } = this.#ports;
    const missing = await missingExtension(connection, account.context, target);
    return missing ?? (await this.#where.endsOf(user, channel)) ?? unknownChannel;
  }

  #redirect(channel: string, { far }: Ends, target: string): Promise<CommandResult> | Refusal {
    if (far === undefined) return unknownFarEnd;
    return this.#send(channel, 'Redirect', [['Channel', far], ...this.#to(target), ['Priority', '1']]);
  }

  #to(target: string): AmiHeader[] {
    return [
      ['Context', this.#ports.account.context],
      ['Exten', target],
    ];
  }

  async #send(channel: string, name: string, headers: readonly AmiHeader[]): Promise<CommandResult> {
    const action: AmiAction = { name, headers, about: { channel } };
    return resultOf(await this.#ports.connection.action(action));
  }
}

const unknownChannel = no('refused', 'Asterisk has no channel of this call any more');
const unknownFarEnd = no('refused', 'it is not known which channel is at the other end');

/** A Uniqueid that means nothing else to an application: `systemname-1795321643.26`. */
const isPlainId = (id: string): boolean => /^[\w.:@-]+$/.test(id);

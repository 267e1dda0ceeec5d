import type { Clock } from '../../../clock.ts';
import type { CommandResult } from '../../port.ts';
import type { AsteriskAccount, AsteriskLine } from '../account.ts';
import type { AmiConnection } from '../ami/connection.ts';
import { type AmiHeader, type AmiPacket, header } from '../ami/packet.ts';
import type { Originated } from '../originated.ts';
import { extensionProblem } from './extension.ts';
import { done, no, resultOf } from './results.ts';

/** How long the own phone may ring before it is given up, in ms (Originate, Timeout). */
export const OWN_PHONE_RINGS = 30_000;
/** How long after Asterisk's yes the phone may be found not to be there, in ms. It is told at once, or never. */
export const ORIGINATE_SETTLE = 1_500;

/** What becomes of the own phone when it is lifted. */
export type Destination =
  | { readonly kind: 'dial'; readonly target: string }
  /** `channel`: what rings; without it what rings in the phone's own group. */
  | { readonly kind: 'pickup'; readonly target: string; readonly channel?: string };

type Waiting = { readonly settle: (result: CommandResult) => void; readonly actionId: string };

/**
 * Channels that are asked for: Asterisk calls the own phone first, and sends it on its way once it is lifted. It says yes
 * before it has tried. So its word counts when the channel is seen, and a phone that is not there is a refusal.
 */
export class Originations {
  readonly #account: AsteriskAccount;
  readonly #connection: AmiConnection;
  readonly #clock: Clock;
  readonly #announce: (originated: Originated) => void;
  /** By ChannelId. */
  readonly #waiting = new Map<string, Waiting>();

  /** @param announce is told of each channel before it is asked for */
  constructor(
    account: AsteriskAccount,
    connection: AmiConnection,
    clock: Clock,
    announce: (originated: Originated) => void,
  ) {
    this.#account = account;
    this.#connection = connection;
    this.#clock = clock;
    this.#announce = announce;
  }

  /** Calls the line's phone. Resolves when it is seen, or known not to be there. */
  async call(line: AsteriskLine, to: Destination, call: number): Promise<CommandResult> {
    const [id, actionId] = [this.#connection.newActionId(), this.#connection.newActionId()];
    if (id === '') return no('offline', 'not signed in');
    this.#announce({ id, line: line.name, call, kind: to.kind, target: to.target });
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    this.#waiting.set(id, { settle: resolve, actionId });
    const headers = [...this.#phone(line, to.target), ...this.#way(to), ['ChannelId', id] as const];
    const answer = await this.#connection.action({ name: 'Originate', headers, actionId, about: { call } });
    if (!answer.ok) resolve(resultOf(answer));
    const timer = this.#clock.after(ORIGINATE_SETTLE, () => resolve(done));
    const result = await promise;
    timer.cancel();
    this.#waiting.delete(id);
    return result;
  }

  /** Takes any packet: those that tell what became of a channel that was asked for mean something. */
  take(packet: AmiPacket): void {
    if (this.#waiting.size === 0) return;
    const event = header(packet, 'Event');
    if (event === 'Newchannel') this.#waiting.get(header(packet, 'Uniqueid') ?? '')?.settle(done);
    if (event !== 'OriginateResponse') return;
    const actionId = header(packet, 'ActionID');
    const waiting = [...this.#waiting.values()].find((one) => one.actionId === actionId);
    const success = header(packet, 'Response')?.toLowerCase() === 'success';
    const why = `the own phone cannot be called (reason ${header(packet, 'Reason') ?? 'unsaid'})`;
    waiting?.settle(success ? done : no('refused', why));
  }

  /** The session is lost: what was asked for may have come about. */
  lost(): void {
    for (const { settle } of this.#waiting.values()) settle(no('unanswered', 'the session was lost'));
  }

  /**
   * The own phone, what it shows while it rings, and as whom it calls. `CallerID` would do both at once: the far end
   * would be shown its own number. `i`: nothing is sent for it by itself.
   */
  #phone({ channel, extension }: AsteriskLine, target: string): AmiHeader[] {
    const variables: string[] = [];
    if (extension !== '' && !extensionProblem(extension)) variables.push(`CALLERID(num)=${extension}`);
    if (target !== '') variables.push(`CONNECTEDLINE(num,i)=${target}`);
    if (this.#account.autoAnswer === true && /^pjsip\//i.test(channel)) variables.push(LIFT);
    return [
      ['Channel', channel],
      ['Timeout', String(OWN_PHONE_RINGS)],
      ['Async', 'true'],
      ...variables.map((variable): AmiHeader => ['Variable', variable]),
    ];
  }

  #way(to: Destination): AmiHeader[] {
    if (to.kind === 'dial')
      return [
        ['Context', this.#account.context],
        ['Exten', to.target],
        ['Priority', '1'],
      ];
    if (to.channel === undefined) return [['Application', 'Pickup']];
    return [
      ['Application', 'PickupChan'],
      ['Data', to.channel],
    ];
  }
}

/** Tells a phone to lift by itself (RFC 5373's forerunner, as phones have it). The semicolon is Asterisk's comment sign. */
const LIFT = 'PJSIP_HEADER(add,Call-Info)=<sip:tapline>\\;answer-after=0';

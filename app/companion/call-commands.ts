import type { CallVerb } from '../calls/call.ts';
import type { Clock, Timer } from '../clock.ts';
import { dialable } from '../numbers/dialable.ts';
import type { ChannelReport, CommandResult, Pbx } from '../pbx/port.ts';
import type { Pending, Reply } from '../tsp/commands.ts';
import type { LineError } from '../tsp/tapi.ts';
import type { CallBook } from './call-book.ts';
import { HOLD_SETTLE_MS, TRANSFER_SETTLE_MS } from './deadlines.ts';
import { Digits } from './digits.ts';
import { type Entry, isRedirected } from './entry.ts';
import { nothingPending, refusalOf, replyOf } from './outcomes.ts';

type CommandPorts = {
  readonly clock: Clock;
  readonly pbx: Pbx;
  readonly book: CallBook;
  /** Nothing was heard of the call since its session was lost. */
  readonly isUnverified: (entry: Entry) => boolean;
};

/** A hold or its end that was asked of the PBX and not reported yet, and everybody who waits for it. */
type Press = { readonly verb: 'hold' | 'unhold'; readonly replies: Reply[]; timer?: Timer };

/** What a report says of a channel that tells whether a hold, or its end, has come about. */
const shows: Readonly<Record<Press['verb'], readonly ChannelReport['what']['kind'][]>> = {
  hold: ['held'],
  unhold: ['retrieved', 'busy'],
};

/** What programs and people ask to be done with a call that is there. Each is answered once. */
export class CallCommands {
  readonly #ports: CommandPorts;
  readonly #presses = new Map<Entry, Press>();
  readonly #digits: Digits;
  /** Being sent away, and how to tell whoever asked that it is over here. */
  readonly #sending = new Map<Entry, () => void>();
  /** Sent away, as the PBX said, and not over yet. */
  readonly #leaving = new Map<Entry, Timer>();

  constructor(ports: CommandPorts) {
    this.#ports = ports;
    this.#digits = new Digits(ports.pbx, ports.clock);
  }

  /** TSPI_lineAccept: somebody has taken note of the call. No PBX is asked, the phone rings on. */
  accept(id: number, reply: Reply): void {
    const { book, clock } = this.#ports;
    const entry = this.#find(id, 'accept', reply);
    if (!entry) return;
    reply({ ok: true, call: id });
    book.apply(entry, { type: 'accepted', at: clock.now() });
  }

  answer(id: number, reply: Reply): void {
    const entry = this.#find(id, 'answer', reply);
    if (!entry) return;
    void this.#ports.pbx.answer(entry.user, entry.channel).then((result) => reply(replyOf(result, id)));
  }

  /**
   * Puts a call on hold, or takes it back. Done when the PBX reports it: where it is a key that does both, the PBX's yes
   * says only that the key was pressed, and a second press would undo the first.
   */
  hold(id: number, verb: 'hold' | 'unhold', reply: Reply): void {
    const { pbx, clock, isUnverified } = this.#ports;
    const entry = this.#find(id, verb, reply);
    if (!entry) return;
    const pending = this.#presses.get(entry);
    if (pending) {
      pending.replies.push(reply);
      return;
    }
    // It may have been held or taken back since: the key could do the opposite. Or mean a call that is being dialled.
    if (isUnverified(entry) || !this.#isAlone(entry)) {
      reply({ ok: false, error: 'operationFailed' });
      return;
    }
    const press: Press = { verb, replies: [reply] };
    this.#presses.set(entry, press);
    void pbx[verb](entry.user, entry.channel).then((result) => {
      if (this.#presses.get(entry) !== press) return;
      if (!result.ok) this.#settle(entry, replyOf(result, id));
      else press.timer = clock.after(HOLD_SETTLE_MS, () => this.#settle(entry, failed));
    });
  }

  /** Sends the other end to a number, unasked. The call ends here when the PBX reports it. */
  blindTransfer(id: number, typed: string, reply: Reply): void {
    this.#send(id, 'blindTransfer', typed, reply);
  }

  /** Sends what rings to a number, unanswered. The call ends here when the PBX reports it. */
  redirect(id: number, typed: string, reply: Reply): void {
    this.#send(id, 'redirect', typed, reply);
  }

  /** Joins the other ends of a held call and of the one that asked for it. Both end here when the PBX reports it. */
  completeTransfer(id: number, other: number, reply: Reply): void {
    const entry = this.#find(id, 'completeTransfer', reply);
    if (!entry) return;
    const { consultation } = entry;
    if (consultation?.id !== other || !hasChannel(consultation)) {
      reply({ ok: false, error: 'invalidCallHandle' });
      return;
    }
    const { user, channel } = entry;
    const asked = this.#ports.pbx.completeTransfer(user, channel, consultation.channel);
    this.#sendAway([entry, consultation], asked, reply);
  }

  /** DTMF digits for the other end. Answered when all were sent. */
  generateDigits(id: number, digits: string, reply: Reply): Pending {
    const entry = this.#find(id, 'generateDigits', reply);
    return entry ? this.#digits.send(entry, digits, reply) : nothingPending;
  }

  /** Something is reported of a call. What waits for it is answered before the call's next state is published. */
  reported(entry: Entry, kind: ChannelReport['what']['kind']): void {
    const press = this.#presses.get(entry);
    if (press && shows[press.verb].includes(kind)) this.#settle(entry, { ok: true, call: entry.id });
    // A call that is held or talked on was not sent away, whatever was agreed.
    if (kind === 'held' || kind === 'retrieved' || kind === 'busy') this.#stays(entry);
    if (kind === 'gone') this.#sending.get(entry)?.();
  }

  /** The call is over. */
  left(entry: Entry): void {
    this.#settle(entry, failed);
    this.#digits.left(entry);
    this.#cancelLeaving(entry);
  }

  #send(id: number, verb: 'blindTransfer' | 'redirect', typed: string, reply: Reply): void {
    const { pbx, book, clock } = this.#ports;
    const entry = this.#find(id, verb, reply);
    if (!entry) return;
    const target = dialable(typed);
    if (!target.ok) {
      reply({ ok: false, error: 'invalidAddress' });
      return;
    }
    const { number } = target;
    this.#sendAway([entry], pbx[verb](entry.user, entry.channel, number), (result) => {
      reply(result);
      if (!result.ok || verb !== 'redirect' || !book.has(id)) return;
      const parties = { redirection: { number, name: '' } };
      book.apply(entry, { type: 'described', at: clock.now(), parties });
    });
  }

  /** Waits until the PBX agrees that these calls end here, or one of them does, and from then on for their ends. */
  #sendAway(entries: readonly [Entry, ...Entry[]], asked: Promise<CommandResult>, reply: Reply): void {
    const { book, clock } = this.#ports;
    const [{ id }] = entries;
    let answered = false;
    const answer: Reply = (result) => {
      if (answered) return;
      answered = true;
      for (const entry of entries) this.#sending.delete(entry);
      reply(result);
    };
    for (const entry of entries) {
      entry.sentAway = true;
      this.#sending.set(entry, () => answer({ ok: true, call: id }));
    }
    void asked.then((result) => {
      answer(replyOf(result, id));
      for (const entry of entries) {
        if (!result.ok) entry.sentAway = false;
        else if (book.has(entry.id)) {
          this.#cancelLeaving(entry);
          const end = () => {
            const mode = isRedirected(entry) ? 'forwarded' : 'normal';
            book.apply(entry, { type: 'ended', mode, at: clock.now() });
          };
          this.#leaving.set(entry, clock.after(TRANSFER_SETTLE_MS, end));
        }
      }
    });
  }

  /** The call, with its channel, where the verb can be had of it now; otherwise the asker is told why not. */
  #find(id: number, verb: CallVerb, reply: Reply): (Entry & { readonly channel: string }) | undefined {
    const entry = this.#ports.book.get(id);
    const refusal: LineError | undefined = refusalOf(entry, verb);
    if (entry && !refusal && hasChannel(entry)) return entry;
    reply({ ok: false, error: refusal ?? 'invalidCallState' });
    return undefined;
  }

  /** Whether no other call of the phone is even asked for, where the key would have to choose. */
  #isAlone(entry: Entry): boolean {
    if (entry.keys.holds === 'channel') return true;
    return this.#ports.book.all().every((other) => other === entry || other.user !== entry.user);
  }

  #settle(entry: Entry, result: Parameters<Reply>[0]): void {
    const press = this.#presses.get(entry);
    if (!press) return;
    this.#presses.delete(entry);
    press.timer?.cancel();
    for (const reply of press.replies) reply(result);
  }

  #stays(entry: Entry): void {
    if (this.#leaving.has(entry)) entry.sentAway = false;
    this.#cancelLeaving(entry);
  }

  #cancelLeaving(entry: Entry): void {
    this.#leaving.get(entry)?.cancel();
    this.#leaving.delete(entry);
  }
}

const failed = { ok: false, error: 'operationFailed' } as const;

const hasChannel = (entry: Entry): entry is Entry & { channel: string } => entry.channel !== undefined;

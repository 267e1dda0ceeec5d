import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, type CallVerb, isRinging } from '../calls/call.ts';
import { features } from '../calls/features.ts';
import { AccountRig, party, user } from '../testing/account-rig.ts';
import { settled } from '../testing/scripted-pbx.ts';
import { AWAY_LONGEST_MS } from './deadlines.ts';

/** One thing that happens to an account. Numbers choose among what is there, so that every sequence makes sense. */
type Step = (rig: Driven) => void | Promise<void>;

/** An account under random events, with a record of who asked for what. */
class Driven extends AccountRig {
  readonly asked: { readonly id: number; readonly cancel: () => void }[] = [];
  readonly cancelled = new Set<number>();
  /** How often each verb was asked of each call, by the words its answer begins with. */
  readonly commanded = new Map<string, number>();
  /** The commands that a verb gave to the PBX at once, each with the calls that were there. */
  readonly given: { readonly name: string; readonly id: number; readonly living: readonly Call[] }[] = [];

  do(verb: (typeof verbs)[number], id: number, target: string): void {
    const words = `${verb} ${id}`;
    this.commanded.set(words, (this.commanded.get(words) ?? 0) + 1);
    const living = this.living;
    const before = this.pbx.commands.length;
    if (verb === 'blindTransfer' || verb === 'redirect') this[verb](id, target);
    else if (verb === 'generateDigits') this.generateDigits(id, '1,#');
    else if (verb === 'completeTransfer') this.completeTransfer(id, this.#relatedOf(id));
    else if (verb === 'dial' || verb === 'dialPart') this.dial(id, target, verb);
    else this.command(verb, id);
    for (const { name } of this.pbx.commands.slice(before)) this.given.push({ name, id, living });
  }

  #relatedOf(id: number): number {
    return this.living.find((call) => call.id === id)?.related ?? 4711;
  }

  answersTo(words: string): string[] {
    return this.answers.filter((line) => line.startsWith(`${words} `));
  }

  unanswered() {
    return this.pbx.commands.filter(({ answered }) => !answered);
  }
}

const verbs = [
  'accept',
  'answer',
  'blindTransfer',
  'dial',
  'dialPart',
  'drop',
  'hold',
  'hold',
  'unhold',
  'unhold',
  'redirect',
  'generateDigits',
  'completeTransfer',
  'completeTransfer',
] as const;

const pick = <Value>(values: readonly Value[], n: number): Value | undefined => values[n % values.length];

/** Anna's phone has keys and takes what it likes; Bob's channels can be answered and held one by one. */
const abilities = ['dial', 'answer', 'hangup', 'pickup', 'hold', 'transfer'] as const;
const more = [...abilities, 'pickupGroup', 'consult', 'redirect', 'digits'] as const;
const users = [user('anna', '370', abilities, 'phone'), user('bob', '371', more)];
const owner = fc.constantFrom('anna', 'bob');
const number = fc.constantFrom('832', '833', 'weber');
const nth = fc.nat({ max: 20 });
const what = fc.constantFrom(
  'ringing',
  'busy',
  'held',
  'retrieved',
  'renamed',
  'dialed',
  'unclear',
  'conferenced',
  'heldForTransfer',
  'disconnected',
  'gone',
  'gone busy',
  'gone noAnswer',
);

const said = fc.record({
  direction: fc.constantFrom('inbound', 'outbound'),
  internal: fc.boolean(),
  caller: number.map((n) => party(n)),
  called: fc.tuple(number, fc.constantFrom('', 'Weber')).map(([n, name]) => party(n, name)),
});

/** Reports what the PBX says is the channel of the call that was asked for `n`th. */
const named =
  (who: string, n: number, kind: string, direction: 'inbound' | 'outbound'): Step =>
  (rig) => {
    const call = pick(rig.asked, n)?.id;
    if (call !== undefined) rig.report(who, `SIP/${who}-${n % 3}`, kind, { direction, call });
  };

/** A call that began `ago` ms before now and is over now. */
const entry = (rig: Driven, direction: 'inbound' | 'outbound', other: string, ago: number) => ({
  direction,
  number: other,
  began: rig.clock.now() - ago,
  lasted: ago,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(owner, number).map(
    ([who, target]): Step =>
      (rig) => {
        if (rig.lines.has(`acme/${who}`)) rig.asked.push(rig.makeCall(who, target));
      },
  ),
  fc.tuple(owner, number).map(
    ([who, target]): Step =>
      (rig) => {
        if (rig.lines.has(`acme/${who}`)) rig.asked.push(rig.pickup(who, target));
      },
  ),
  fc.tuple(owner, fc.constantFrom('', '83', 'W')).map(
    ([who, target]): Step =>
      (rig) => {
        if (rig.lines.has(`acme/${who}`)) rig.asked.push(rig.makeCallPart(who, target));
      },
  ),
  fc.tuple(owner, fc.boolean()).map(
    ([who, there]): Step =>
      (rig) => {
        const caller = party('0991');
        if (there)
          rig.calls.handle({
            type: 'pickupOffered',
            offer: { user: who, target: '372', targetName: 'cleo', caller },
          });
        if (rig.lines.has(`acme/${who}`)) rig.asked.push(rig.pickupGroup(who));
      },
  ),
  nth.map(
    (n): Step =>
      (rig) => {
        const one = pick(rig.asked, n);
        if (one && rig.answersTo(String(one.id)).length === 0) rig.cancelled.add(one.id);
        one?.cancel();
      },
  ),
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...verbs), nth, number).map(
      ([verb, n, target]): Step =>
        (rig) => {
          // Most often one that is there; now and then one that is over, or that nobody has.
          const ids = [...new Set([...rig.asked, ...rig.published].map(({ id }) => id)), 4711];
          const living = rig.living.map(({ id }) => id);
          rig.do(verb, pick(n % 3 === 0 ? ids : [...living, 4711], n) ?? 4711, target);
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(nth, fc.constantFrom('ok', 'refused', 'unanswered', 'offline')).map(
      ([n, how]): Step =>
        async (rig) => {
          const command = pick(rig.unanswered(), n);
          await (how === 'ok' ? command?.succeed() : command?.fail(how as 'refused'));
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(owner, fc.nat({ max: 2 }), what, said).map(
      ([who, n, kind, told]): Step =>
        (rig) =>
          rig.report(who, `SIP/${who}-${n}`, kind, told as Parameters<AccountRig['report']>[3]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(owner, nth, what, fc.constantFrom('inbound' as const, 'outbound' as const))
      .map(([who, n, kind, direction]) => named(who, n, kind, direction)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nth, fc.constantFrom('', '832')).map(
      ([n, target]): Step =>
        (rig) => {
          const about = pick(rig.living, n)?.id ?? 4711;
          rig.asked.push(rig.setupTransfer(about, target));
        },
    ),
  },
  fc.tuple(owner, fc.subarray([0, 1, 2])).map(
    ([who, alive]): Step =>
      (rig) =>
        rig.listed(who, ...alive.map((n) => `SIP/${who}-${n}`)),
  ),
  {
    weight: 2,
    arbitrary: fc.constantFrom('online', 'online', 'resumed', 'resumed', 'waiting', 'waiting', 'failed').map(
      (state): Step =>
        (rig) => {
          rig.session(state as 'online');
        },
    ),
  },
  fc.tuple(owner, fc.constantFrom('free', 'inCall', 'absent')).map(
    ([who, state]): Step =>
      (rig) =>
        rig.phone(who, state as 'free'),
  ),
  fc.tuple(owner, fc.constantFrom('inbound', 'outbound'), number, fc.nat({ max: 70_000 })).map(
    ([who, direction, other, ago]): Step =>
      (rig) =>
        rig.ended(who, entry(rig, direction as 'inbound', other, ago)),
  ),
  fc.tuple(nth, fc.constantFrom('inbound', 'outbound', undefined), number).map(
    ([n, direction, other]): Step =>
      async (rig) => {
        const asked = pick(
          rig.pbx.journals.filter(({ told }) => !told),
          n,
        );
        await asked?.tell(direction && [entry(rig, direction as 'inbound', other, n * 1_000)]);
      },
  ),
  fc.constantFrom(1, 4_000, 6_000, 11_000, 21_000, 31_000, 61_000, 301_000).map(
    (ms): Step =>
      (rig) =>
        rig.clock.advance(ms),
  ),
  fc.constantFrom(users, users.slice(1)).map(
    (now): Step =>
      (rig) => {
        rig.calls.handle({ type: 'users', users: now });
      },
  ),
);

/** The states that may follow each state of ours (TSPI reference, section 5.1). */
const legal: Readonly<Record<string, readonly string[]>> = {
  offering: ['idle', 'accepted', 'connected', 'disconnected', 'unknown'],
  accepted: ['connected', 'disconnected', 'unknown'],
  dialtone: ['idle', 'dialing', 'connected', 'disconnected', 'unknown'],
  dialing: ['idle', 'proceeding', 'ringback', 'busy', 'disconnected', 'unknown'],
  proceeding: ['idle', 'ringback', 'busy', 'connected', 'disconnected', 'unknown'],
  ringback: ['idle', 'busy', 'connected', 'disconnected', 'unknown'],
  busy: ['idle', 'disconnected', 'unknown'],
  connected: ['idle', 'onHold', 'onHoldPendTransfer', 'conferenced', 'disconnected', 'unknown'],
  onHold: ['idle', 'connected', 'onHoldPendTransfer', 'conferenced', 'disconnected', 'unknown'],
  onHoldPendTransfer: ['idle', 'connected', 'onHold', 'conferenced', 'disconnected', 'unknown'],
  conferenced: ['idle', 'connected', 'onHold', 'onHoldPendTransfer', 'disconnected', 'unknown'],
  disconnected: ['idle'],
};

/** Runs the steps, then lets everything come to its end: all answers, a lost session, every timer. */
async function live(steps: readonly Step[]): Promise<Driven> {
  const rig = new Driven(users);
  rig.session('online');
  for (const take of steps) await take(rig);
  await settled();
  rig.session('online');
  for (let round = 0; round < 3; round += 1) {
    for (const command of rig.unanswered()) await command.fail('unanswered');
    rig.session('waiting');
    rig.clock.advance(AWAY_LONGEST_MS);
    await settled();
  }
  return rig;
}

const mode = (call: Call): unknown => ('mode' in call.status ? call.status.mode : undefined);
const news = ({ can, related, origin, caller, called, connected, redirecting, redirection }: Call) => [
  can,
  related,
  origin,
  caller,
  called,
  connected,
  redirecting,
  redirection,
];

const holds = (check: (rig: Driven) => void) =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) =>
      check(await live(steps)),
    ),
    { numRuns: 300 },
  );

describe('whatever happens to an account', () => {
  it('every call begins with OFFERING or DIALTONE, repeats nothing, and ends in IDLE once', () =>
    holds((rig) => {
      for (const [id, states] of Map.groupBy(rig.published, (call) => call.id)) {
        const [first] = states;
        expect(first?.status.state, `call ${id}`).toBe(
          first?.direction === 'inbound' ? 'offering' : 'dialtone',
        );
        states.slice(1).forEach((call, i) => {
          const before = states[i] as Call;
          if (call.status.state !== before.status.state || mode(call) !== mode(before)) return;
          expect(news(call), `call ${id} says ${call.status.state} again`).not.toEqual(news(before));
        });
        expect(states.map((call) => call.status.state).indexOf('idle'), `call ${id}`).toBe(states.length - 1);
      }
    }));

  it('every request is answered exactly once, unless it was cancelled first', () =>
    holds((rig) => {
      for (const { id } of rig.asked) {
        expect(rig.answersTo(String(id)), `request ${id}`).toHaveLength(rig.cancelled.has(id) ? 0 : 1);
      }
      for (const [words, times] of rig.commanded) {
        expect(rig.answersTo(words), words).toHaveLength(times);
      }
    }));

  it('a request is answered before its call has a state; one that failed or was cancelled has none', () =>
    holds((rig) => {
      for (const { id } of rig.asked) {
        const lines = rig.log.filter((line) => line.startsWith(`${id} `));
        if (lines.includes(`${id} ok`)) expect([lines[0], lines.at(-1)]).toEqual([`${id} ok`, `${id} idle`]);
        else expect(rig.published.filter((call) => call.id === id)).toEqual([]);
      }
    }));

  it('nothing is left when it is over', () =>
    holds((rig) => {
      expect(rig.living).toEqual([]);
      expect(rig.asked.filter(({ id }) => rig.calls.has(id))).toEqual([]);
      expect(rig.published.filter(({ id }) => rig.calls.has(id))).toEqual([]);
      expect(rig.clock.waiting).toBe(0);
    }));

  it('no call can be answered while another rings at a phone that takes what it likes', () =>
    holds((rig) => {
      const now = new Map<number, Call>();
      for (const call of rig.published) {
        now.set(call.id, call);
        const ringing = [...now.values()].filter((one) => one.line === 'acme/anna' && isRinging(one));
        if (ringing.length < 2) continue;
        expect(ringing.filter((one) => features(one).has('answer'))).toEqual([]);
      }
    }));

  it('no call can be held or taken back while another is at a phone that takes what it likes', () =>
    holds((rig) => {
      const now = new Map<number, Call>();
      for (const call of rig.published) {
        now.set(call.id, call);
        const there = [...now.values()].filter(
          ({ line, status }) => line === 'acme/anna' && !['disconnected', 'idle'].includes(status.state),
        );
        if (there.length < 2) continue;
        expect(there.filter((one) => features(one).has('hold') || features(one).has('unhold'))).toEqual([]);
      }
    }));

  it('a hold goes out for a call that talks, its end for one that is held, and each was offered', () =>
    holds((rig) => {
      for (const { name, id, living } of rig.given) {
        const call = living.find((one) => one.id === id);
        if (name === 'hold') expect(call?.status.state).toBe('connected');
        if (name === 'unhold') expect(call?.status.state).toMatch(/^onHold/);
        // What was dropped may let the next dial or pickup go out.
        if (['hangup', 'dial', 'pickup', 'consult'].includes(name)) continue;
        const verb = name === 'sendDigits' ? 'generateDigits' : name;
        expect(call && features(call).has(verb as CallVerb), name).toBe(true);
      }
    }));

  it('takes only steps that TAPI allows', () =>
    holds((rig) => {
      for (const [id, states] of Map.groupBy(rig.published, (call) => call.id)) {
        states.slice(1).forEach(({ status }, i) => {
          const from = (states[i] as Call).status.state;
          // UNKNOWN may stand for any state.
          if (status.state !== from && from !== 'unknown')
            expect(legal[from], `call ${id}: ${from} -> ${status.state}`).toContain(status.state);
        });
      }
    }));

  it('a command to a channel names one that was reported', () =>
    holds((rig) => {
      for (const { name, about } of rig.pbx.commands) {
        if (name !== 'dial' && name !== 'pickup') expect(about).toMatch(/^SIP\/(anna|bob)-\d( \S+)?$/);
      }
    }));
});

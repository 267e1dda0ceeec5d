/**
 * Whatever people and phones do at an exchange, in any order: what the adapter makes of the events agrees with the
 * exchange after each step, without a dial plan made for it as well as with one.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AmiReader } from '../../app/pbx/asterisk/ami/reader.ts';
import { DialPlanCalls } from '../../app/pbx/asterisk/dial-plan/dial-plan-calls.ts';
import { JoinedCalls } from '../../app/pbx/asterisk/join/joined-calls.ts';
import { NativeCalls } from '../../app/pbx/asterisk/native/native-calls.ts';
import type { ChannelReport } from '../../app/pbx/port.ts';
import { NativeEvents } from '../../simulator/ami/events/native-events.ts';
import type { AmiEvent } from '../../simulator/ami/session.ts';
import { encode } from '../../simulator/ami/wire.ts';
import { Exchange } from '../../simulator/exchange/exchange.ts';
import type { ChannelView } from '../../simulator/exchange/model.ts';
import { FakeClock } from '../../simulator/testing/fake-clock.ts';
import { options, scriptOutside, steps, USERS } from '../../simulator/testing/random-steps.ts';

const lines = USERS.map(({ name, extension, fullName }) => ({
  name: `PJSIP/${name}`,
  channel: `PJSIP/${name}`,
  extension,
  person: fullName,
}));

/** The rooms of the adapter that follow calls, from bytes to reports. */
class Follower {
  readonly #clock: FakeClock;
  readonly #native = new NativeCalls(lines);
  readonly #dialPlan = new DialPlanCalls(lines, () => undefined);
  readonly #joined = new JoinedCalls();
  readonly #reader = new AmiReader((packet) => {
    const facts = [...this.#native.take(packet), ...this.#dialPlan.take(packet, this.#clock.now())];
    for (const fact of facts) for (const report of this.#joined.take(fact)) this.#report(report);
  });
  /** The last word on each channel that lives. */
  readonly living = new Map<string, ChannelReport>();
  readonly gone = new Set<string>();

  constructor(clock: FakeClock) {
    this.#clock = clock;
    this.#reader.read(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  }

  hear({ class: heard, headers: [event = ['Event', ''], ...rest] }: AmiEvent): void {
    this.#reader.read(Buffer.from(encode([event, ['Privilege', `${heard},all`], ...rest])));
  }

  #report(report: ChannelReport): void {
    const { channel, what } = report;
    expect(this.gone.has(channel), 'nothing comes after the end').toBe(false);
    if (what.kind === 'gone') {
      this.living.delete(channel);
      this.gone.add(channel);
    } else if (what.kind !== 'renamed') this.living.set(channel, report);
  }
}

/** How a channel stands, in the words that both sides have. */
function seen({ user, direction, what: { kind } }: ChannelReport): string {
  const calls =
    kind === 'dialed' || kind === 'proceeding' || (kind === 'ringing' && direction === 'outbound');
  return `${user} ${calls ? 'calls' : kind === 'retrieved' ? 'busy' : kind}`;
}

function truth({ user, state, outbound }: ChannelView): string[] {
  // A phone that somebody else has ordered rings for nobody yet: which way the call goes is not known.
  if (user === undefined || state === 'originating') return [];
  const words = { calling: 'calls', ringing: outbound ? 'calls' : 'ringing', talking: 'busy', held: 'held' };
  return [`PJSIP/${user} ${words[state]}`];
}

it.each([
  ['without a dial plan of its own', false],
  ['with the dial plan’s events as well', true],
])('agrees with the exchange %s', (_what, dialPlan) => {
  fc.assert(
    fc.property(options, steps(5, 40), (chosen, day) => {
      const clock = new FakeClock();
      // A phone told to pick up lifts at once: until it does, an Asterisk lets the other one ring on.
      const exchange = new Exchange({ users: USERS, clock, ...chosen, pickupAnswers: true });
      scriptOutside(exchange);
      const follower = new Follower(clock);
      const tell = (event: AmiEvent) => {
        if (dialPlan || event.class !== 'user') follower.hear(event);
      };
      const events = new NativeEvents(tell, () => clock.now());
      exchange.subscribe((event) => events.take(event));
      for (const act of day) {
        act(exchange, clock);
        const living = [...follower.living.values()].map(seen).sort();
        expect(living).toEqual(exchange.channels().flatMap(truth).sort());
      }
      exchange.clear();
      expect(follower.living.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});

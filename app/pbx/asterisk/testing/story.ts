import { readFileSync } from 'node:fs';
import type { Call, Party } from '../../../calls/call.ts';
import { begin, reduce } from '../../../calls/reduce.ts';
import type { ChannelReport } from '../../port.ts';
import { reportEvents } from '../../report-events.ts';
import type { AsteriskLine } from '../account.ts';
import { type AmiPacket, header } from '../ami/packet.ts';
import { AmiReader } from '../ami/reader.ts';
import { DialPlanCalls } from '../dial-plan/dial-plan-calls.ts';
import type { LineFact } from '../facts.ts';
import { JoinedCalls } from '../join/joined-calls.ts';
import { NativeCalls } from '../native/native-calls.ts';
import type { Originated } from '../originated.ts';

/** The packets of a recorded stream: tests/asterisk/captures/VERSION/NAME.ami. */
export function capture(version: string, name: string): AmiPacket[] {
  const file = new URL(`../../../../tests/asterisk/captures/${version}/${name}.ami`, import.meta.url);
  const packets: AmiPacket[] = [];
  new AmiReader((packet) => packets.push(packet)).read(readFileSync(file));
  return packets;
}

export const phone = (name: string, extension: string, person: string, line = name): AsteriskLine => ({
  name: line,
  channel: name,
  extension,
  person,
});

/** The chain of the adapter, from a packet to a report, for a few lines. */
export class Chain {
  readonly native: NativeCalls;
  readonly dialPlan: DialPlanCalls;
  readonly joined = new JoinedCalls();
  readonly reports: ChannelReport[] = [];
  /** Every packet comes 100 ms after the one before. */
  now = 0;

  constructor(lines: readonly AsteriskLine[]) {
    this.native = new NativeCalls(lines);
    this.dialPlan = new DialPlanCalls(lines, () => {});
  }

  originated(originated: Originated): void {
    this.native.originated(originated);
    this.dialPlan.originated(originated);
    this.joined.originated(originated);
  }

  take(packet: AmiPacket): ChannelReport[] {
    this.now += 100;
    return this.tell([...this.native.take(packet, this.now), ...this.dialPlan.take(packet, this.now)]);
  }

  beginListing(): void {
    this.native.beginListing();
    this.dialPlan.beginListing();
  }

  /** A list of all channels, as of a session that begins. */
  listed(items: readonly AmiPacket[]): Set<string> {
    this.tell(this.native.listed(items, this.now));
    const living = this.native.living();
    this.tell(this.dialPlan.listed(living, this.now));
    return this.joined.listed(living);
  }

  tell(facts: readonly LineFact[]): ChannelReport[] {
    const reports = facts.flatMap((fact) => this.joined.take(fact));
    this.reports.push(...reports);
    return reports;
  }
}

/** What TAPI programs see of these reports. */
export type Story = {
  /** Each state of each call in its order: `PJSIP/bob 1: offering`. Calls are counted by line. */
  readonly states: string[];
  /** The ends of each call as they were known last: `PJSIP/bob 1: 0301 Zoë > 500`. */
  readonly ends: string[];
};

export function storyOf(reports: readonly ChannelReport[]): Story {
  const calls = new Map<string, { readonly name: string; call: Call }>();
  const counts = new Map<string, number>();
  const states: string[] = [];
  const ends = new Map<string, string>();
  for (const report of reports) {
    const known = calls.get(report.channel);
    for (const event of reportEvents(report, known?.call, 0)) {
      const entry = calls.get(report.channel);
      const steps = entry ? reduce(entry.call, event) : begin(seedOf(report), event);
      if (!entry && steps.length === 0) throw new Error(`no call begins with ${report.what.kind}`);
      const count = entry ? 0 : (counts.get(report.user) ?? 0) + 1;
      const name = entry?.name ?? `${report.user} ${count}`;
      if (!entry) counts.set(report.user, count);
      for (const call of steps) {
        if (entry?.call.status !== call.status) states.push(`${name}: ${stateOf(call)}`);
        calls.set(report.channel, { name, call });
        ends.set(name, `${name}: ${endsOf(call)}`);
      }
    }
  }
  return { states, ends: [...ends.values()] };
}

/** The whole way of a recorded stream. `Status` in it is a list of what was there before. */
export function replay(
  packets: readonly AmiPacket[],
  lines: readonly AsteriskLine[],
  originated: readonly Originated[] = [],
): Story & { readonly reports: readonly ChannelReport[] } {
  const chain = new Chain(lines);
  for (const one of originated) chain.originated(one);
  const items: AmiPacket[] = [];
  for (const packet of packets) {
    const event = header(packet, 'Event');
    if (event === 'Status') items.push(packet);
    else if (event === 'StatusComplete') chain.listed(items);
    else chain.take(packet);
  }
  return { ...storyOf(chain.reports), reports: chain.reports };
}

const seedOf = ({ user, direction }: ChannelReport) => ({
  id: 1,
  line: user,
  direction,
  origin: 'unknown' as const,
  reason: 'unknown' as const,
  can: new Set<never>(),
});

function stateOf({ status }: Call): string {
  return status.state === 'disconnected' ? `${status.state} ${status.mode}` : status.state;
}

function endsOf({ caller, called, connected, redirecting, direction }: Call): string {
  const far = direction === 'inbound' ? caller : called;
  const other = connected.number !== '' && connected.number !== far.number ? ` = ${textOf(connected)}` : '';
  const via = redirecting.number === '' ? '' : ` via ${textOf(redirecting)}`;
  return `${textOf(caller)} > ${textOf(called)}${other}${via}`;
}

const textOf = ({ number, name, withheld }: Party): string =>
  withheld ? 'withheld' : [number, name].filter((part) => part !== '').join(' ') || '-';

import { MAX_CALLS_PER_LINE } from './limits.ts';
import type { TrackedCall } from './tracked-call.ts';

/** The calls of one Uniqueid, by line name. */
export type Group = Map<string, TrackedCall>;

/** Finds calls by what events name them by, without looking at the others. */
export class CallStore {
  readonly #groups = new Map<string, Group>();
  readonly #byLine = new Map<string, Set<TrackedCall>>();
  /** By the channel whose Hangup ends them. */
  readonly #byChannel = new Map<string, Set<TrackedCall>>();
  readonly #channels = new Map<TrackedCall, string>();
  /** The key of each call's group. */
  readonly #keys = new Map<TrackedCall, string>();

  group(key: string | undefined): Group | undefined {
    return key === undefined ? undefined : this.#groups.get(key);
  }

  all(): Iterable<TrackedCall> {
    return this.#keys.keys();
  }

  /** The newest of a line that lives. */
  newest(line: string): TrackedCall | undefined {
    let newest: TrackedCall | undefined;
    for (const call of this.#byLine.get(line) ?? []) if (!call.over) newest = call;
    return newest;
  }

  endingWith(channel: string): readonly TrackedCall[] {
    return [...(this.#byChannel.get(channel) ?? [])];
  }

  /** The call that has to make room before the line can have another: one that is over, else the oldest. */
  tooMany(line: string): TrackedCall | undefined {
    const calls = this.#byLine.get(line);
    if (!calls || calls.size < MAX_CALLS_PER_LINE) return undefined;
    for (const call of calls) if (call.over) return call;
    return calls.values().next().value;
  }

  add(call: TrackedCall, key: string): void {
    const line = call.line.name;
    this.#keys.set(call, key);
    entry(this.#groups, key, () => new Map()).set(line, call);
    entry(this.#byLine, line, () => new Set()).add(call);
    this.follow(call);
  }

  /** The channel that ends it may be another now. */
  follow(call: TrackedCall): void {
    const before = this.#channels.get(call);
    const now = call.decides;
    if (before === now) return;
    this.#unfollow(call, before);
    if (now === undefined) return;
    this.#channels.set(call, now);
    entry(this.#byChannel, now, () => new Set()).add(call);
  }

  /** The group is known by another key now. */
  rename(from: string, to: string): void {
    const group = this.#groups.get(from);
    if (!group || this.#groups.has(to)) return;
    this.#groups.delete(from);
    this.#groups.set(to, group);
    for (const call of group.values()) this.#keys.set(call, to);
  }

  remove(call: TrackedCall): void {
    const key = this.#keys.get(call);
    const line = call.line.name;
    this.#keys.delete(call);
    this.#unfollow(call, this.#channels.get(call));
    const group = this.group(key);
    group?.delete(line);
    if (key !== undefined && group?.size === 0) this.#groups.delete(key);
    const calls = this.#byLine.get(line);
    calls?.delete(call);
    if (calls?.size === 0) this.#byLine.delete(line);
  }

  clear(): void {
    for (const map of [this.#groups, this.#byLine, this.#byChannel, this.#channels, this.#keys]) map.clear();
  }

  #unfollow(call: TrackedCall, channel: string | undefined): void {
    if (channel === undefined) return;
    const calls = this.#byChannel.get(channel);
    calls?.delete(call);
    if (calls?.size === 0) this.#byChannel.delete(channel);
    this.#channels.delete(call);
  }
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

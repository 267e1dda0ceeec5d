/** Things that wait, each for one of a few fixed times: the next one is known without looking at the others. */
export class Deadlines<Kind extends string, Thing> {
  readonly #limits: Readonly<Record<Kind, number>>;
  /** In the order of their time: whatever is set goes to the end. */
  readonly #waiting: ReadonlyMap<Kind, Map<Thing, number>>;
  readonly #kinds = new Map<Thing, Kind>();

  /** @param limits how long each kind waits, ms */
  constructor(limits: Readonly<Record<Kind, number>>) {
    this.#limits = limits;
    this.#waiting = new Map((Object.keys(limits) as Kind[]).map((kind) => [kind, new Map()]));
  }

  /** From `at` on it waits for this, and for nothing else any more. */
  set(thing: Thing, kind: Kind, at: number): void {
    const before = this.#kinds.get(thing);
    if (before !== undefined) this.#waiting.get(before)?.delete(thing);
    if (before !== kind) this.#kinds.set(thing, kind);
    this.#waiting.get(kind)?.set(thing, at);
  }

  clear(thing: Thing): void {
    const kind = this.#kinds.get(thing);
    if (kind === undefined) return;
    this.#waiting.get(kind)?.delete(thing);
    this.#kinds.delete(thing);
  }

  /** When the next one has waited long enough, ms; undefined when nothing waits. */
  due(): number | undefined {
    let next: number | undefined;
    for (const [kind, things] of this.#waiting) {
      const first = things.values().next().value;
      if (first !== undefined) next = Math.min(next ?? Infinity, first + this.#limits[kind]);
    }
    return next;
  }

  /** Those that have waited long enough at `at`; they wait no more. */
  take(at: number): [Thing, Kind][] {
    const over: [Thing, Kind][] = [];
    for (const [kind, things] of this.#waiting) {
      for (const [thing, since] of things) {
        if (since + this.#limits[kind] > at) break;
        over.push([thing, kind]);
      }
    }
    for (const [thing] of over) this.clear(thing);
    return over;
  }
}

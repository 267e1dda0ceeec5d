import type { CallStore, Group } from './call-store.ts';

/**
 * Calls of Asterisk 1.4 to 1.8, where an event has no Uniqueid: those announced one after the other are one call, what
 * names no call is about the newest, and the first event with `[~uniqueid]` says which it is.
 */
export class NamelessCalls {
  readonly #store: CallStore;
  #key: string | undefined;
  #count = 0;

  constructor(store: CallStore) {
    this.#store = store;
  }

  /** The newest ones. */
  get newest(): Group | undefined {
    return this.#store.group(this.#key);
  }

  /** The key for calls of these lines (AsteriskLine.name) that are announced now. */
  announce(lines: readonly string[]): string {
    const last = [...(this.newest?.values() ?? [])];
    const another = last.length === 0 || last.some(({ begun, line }) => begun || lines.includes(line.name));
    if (this.#key === undefined || another) {
      this.#count += 1;
      // No Uniqueid has a space.
      this.#key = `nameless ${this.#count}`;
    }
    return this.#key;
  }

  /** An event about `uniqueid` and these lines, or all: if it can be the newest ones, they are known by it from now on. */
  adopt(uniqueid: string, lines: readonly string[]): Group | undefined {
    const group = this.newest;
    if (!group || this.#key === undefined) return undefined;
    const known = [...group.values()].some((call) => call.uniqueid !== undefined);
    if (known || (lines.length > 0 && !lines.some((name) => group.has(name)))) return undefined;
    this.#store.rename(this.#key, uniqueid);
    this.#key = uniqueid;
    for (const call of group.values()) {
      call.uniqueid = uniqueid;
      call.know(uniqueid);
      this.#store.follow(call);
    }
    return group;
  }

  clear(): void {
    this.#key = undefined;
  }
}

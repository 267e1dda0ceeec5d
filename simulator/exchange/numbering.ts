/** Where a dialled target leads. */
import { userParty } from './calls.ts';
import type { Directory } from './directory.ts';
import { type Party, type Refusal, refuse, type User } from './model.ts';

export interface Destination {
  readonly party: Party;
  /** Undefined for a number outside. */
  readonly user: User | undefined;
  /** The far end as the caller's phone shows it: with the digits a prefix has added. */
  readonly shown: Party;
}

const DIALLABLE = /^\+?[0-9*#]{1,40}$/;
const PREFIX = /^[0-9*#]{0,10}$/;
const AUTO = 'auto';

export class Numbering {
  readonly #directory: Directory;
  readonly #outsidePrefix: string;
  readonly #outsideName: (number: string) => string;

  constructor(directory: Directory, outsidePrefix: string, outsideName: (number: string) => string) {
    this.#directory = directory;
    this.#outsidePrefix = outsidePrefix;
    this.#outsideName = outsideName;
  }

  /**
   * An extension or user name leads inside, every other number outside. No number is cleaned up here: a
   * blank or a bracket is refused, because tidying numbers is the client's work. Errors: bad-number.
   */
  resolve(target: string, prefix: string): Destination | Refusal {
    if (prefix !== AUTO && !PREFIX.test(prefix)) {
      return refuse('bad-number', 'A prefix is up to 10 digits, * and #, or auto');
    }
    const user = this.#directory.byName(target) ?? this.#directory.byExtension(target);
    if (user !== undefined) return { party: userParty(user), user, shown: userParty(user) };
    if (!DIALLABLE.test(target)) {
      return refuse('bad-number', 'A number is up to 40 digits, * and #, with a leading + at most');
    }
    const party: Party = { kind: 'outside', name: this.#outsideName(target), number: target };
    const added = prefix === AUTO ? this.#outsidePrefix : prefix;
    return { party, user: undefined, shown: { ...party, number: added + target } };
  }
}

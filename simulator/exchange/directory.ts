/** The users of the exchange and the rules their entries keep. */
import type { User } from './model.ts';

export const MAX_USERS = 10_000;
const USER_NAME = /^[\p{L}0-9][\p{L}\p{M}0-9._-]{0,63}$/u;
const EXTENSION = /^[0-9]{1,15}$/;
const MAX_TEXT = 200;

/** Thrown when an exchange is set up with entries no PBX would take: an error of the caller. */
export class ExchangeSetupError extends Error {
  readonly code = 'exchange-setup';
}

export class Directory {
  readonly #byName = new Map<string, User>();
  readonly #byExtension = new Map<string, User>();

  /** @throws ExchangeSetupError naming the entry and the rule it breaks. */
  constructor(users: readonly User[]) {
    if (users.length > MAX_USERS) throw new ExchangeSetupError(`More than ${MAX_USERS} users`);
    for (const user of users) this.#add(user);
  }

  #add(user: User): void {
    const wrong = (what: string) => new ExchangeSetupError(`User ${JSON.stringify(user.name)}: ${what}`);
    if (!USER_NAME.test(user.name))
      throw wrong('a name is 1 to 64 letters, digits, dots, dashes, underscores');
    if (!EXTENSION.test(user.extension)) throw wrong('an extension is 1 to 15 digits');
    if (user.fullName.length > MAX_TEXT || user.device.length > MAX_TEXT) {
      throw wrong(`full name and device are at most ${MAX_TEXT} characters`);
    }
    if (this.#byName.has(user.name.toLowerCase())) throw wrong('the name exists already');
    if (this.#byExtension.has(user.extension)) throw wrong(`extension ${user.extension} exists already`);
    this.#byName.set(user.name.toLowerCase(), user);
    this.#byExtension.set(user.extension, user);
  }

  byName(name: string): User | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  byExtension(extension: string): User | undefined {
    return this.#byExtension.get(extension);
  }

  all(): readonly User[] {
    return [...this.#byName.values()];
  }
}

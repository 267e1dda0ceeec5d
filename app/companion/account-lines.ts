import { type Line, lineKey } from '../lines/line.ts';
import type { PbxUser } from '../pbx/port.ts';
import { verbsOf } from './outcomes.ts';

type LinePorts = {
  readonly lineChanged: (line: Line) => void;
  readonly lineRemoved: (key: string) => void;
};

/** The lines of one account: its users, in service while the session is online. */
export class AccountLines {
  readonly #account: string;
  readonly #pbxName: string;
  readonly #ports: LinePorts;
  readonly #users = new Map<string, PbxUser>();
  #online = false;

  constructor(account: string, pbxName: string, ports: LinePorts) {
    this.#account = account;
    this.#pbxName = pbxName;
    this.#ports = ports;
  }

  user(name: string): PbxUser | undefined {
    return this.#users.get(name);
  }

  key(user: string): string {
    return lineKey(this.#account, user);
  }

  /** Users that are here and not among `users`. */
  missing(users: readonly PbxUser[]): string[] {
    const kept = new Set(users.map((user) => user.user));
    return [...this.#users.keys()].filter((name) => !kept.has(name));
  }

  /** These are the users now, and no others. */
  set(users: readonly PbxUser[]): void {
    for (const name of this.missing(users)) {
      this.#users.delete(name);
      this.#ports.lineRemoved(this.key(name));
    }
    for (const user of users) {
      this.#users.set(user.user, user);
      this.#ports.lineChanged(this.#line(user));
    }
  }

  /** Whether that is news. */
  setOnline(online: boolean): boolean {
    if (online === this.#online) return false;
    this.#online = online;
    for (const user of this.#users.values()) this.#ports.lineChanged(this.#line(user));
    return true;
  }

  #line(user: PbxUser): Line {
    return {
      key: this.key(user.user),
      account: this.#account,
      user: user.user,
      name: user.name,
      extension: user.extension,
      pbx: this.#pbxName,
      inService: this.#online,
      canDial: user.abilities.has('dial'),
      canPickup: user.abilities.has('pickup'),
      // The calls on offer are those of the user's own group.
      canPickupGroup: user.abilities.has('pickup') || user.abilities.has('pickupGroup'),
      verbs: new Set([...verbsOf(user.abilities), ...(user.abilities.has('dial') ? ['dial'] : [])]),
    };
  }
}

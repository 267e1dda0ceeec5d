/**
 * Makes the stand-in refuse what it does not have. A test against it must not pass because a call went nowhere: every
 * member that is missing throws its name. This file runs in Node and in the page.
 */

/** Reading these says nothing about an API: promises and module loaders look for them everywhere. */
const harmless = new Set<string | symbol>(['then', '__esModule', 'toJSON']);

/** Thrown when a member is used that the stand-in does not offer. */
export class MissingMember extends Error {
  override readonly name = 'MissingMember';

  constructor(owner: string, member: string) {
    super(`The stand-in for Electron has no ${owner}.${member}`);
  }
}

/** An end for a chain of prototypes: what none of them has is refused, for reading and for writing. */
export function strictEnd<Parent extends object>(
  parent: Parent,
  nameOf: (receiver: unknown) => string,
): Parent {
  return new Proxy(parent, {
    get(target, key, receiver) {
      if (key in target || typeof key === 'symbol' || harmless.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw new MissingMember(nameOf(receiver), key);
    },
    set(target, key, value, receiver) {
      if (key in target || typeof key === 'symbol') return Reflect.set(target, key, value, receiver);
      throw new MissingMember(nameOf(receiver), key);
    },
  });
}

/** The same members, and a refusal for every other. `owner` is named in it. */
export function strict<Members extends object>(owner: string, members: Members): Members {
  return Object.setPrototypeOf(
    members,
    strictEnd(Object.prototype, () => owner),
  ) as Members;
}

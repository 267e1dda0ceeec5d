import { createHash } from 'node:crypto';

/** A PBX user whose phone TAPI programs can choose. Its identity is the account and the user, never the session. */
export type Line = {
  /** `account/user`: what calls, commands and trace entries name. */
  readonly key: string;
  readonly account: string;
  /** The PBX's own spelling of the user name. */
  readonly user: string;
  readonly name: string;
  readonly extension: string;
  /** The PBX as people know it. */
  readonly pbx: string;
  readonly inService: boolean;
  readonly canDial: boolean;
  readonly canPickup: boolean;
  /** Whether what rings in the user's pickup group can be taken over without naming a phone. */
  readonly canPickupGroup?: boolean;
  /** The verbs a call of the line can have in some state. Absent: answer and drop. */
  readonly verbs?: ReadonlySet<string>;
};

/** Calls that a line can have active at once: dwMaxNumActiveCalls. */
export const MAX_ACTIVE_CALLS = 4;

export const lineKey = (account: string, user: string): string => `${account}/${user.toLowerCase()}`;

/** What TAPI programs show: `Jan Lorenz (831)`. */
export function lineName(line: Pick<Line, 'name' | 'user' | 'extension'>): string {
  const name = line.name || line.user;
  return line.extension ? `${name} (${line.extension})` : name;
}

// Tapline's own name space for lines' GUIDs: a random UUID, never to be changed.
const NAMESPACE = Buffer.from('6d1f7c9a41f04b6f9d4be5a0a2f3c817', 'hex');

/** PermanentLineGuid: UUID version 5 of the line's identity (RFC 9562 section 5.5), in GUID's memory order. */
export function lineGuid(key: string): Uint8Array {
  const uuid = createHash('sha1').update(NAMESPACE).update(key, 'utf8').digest().subarray(0, 16);
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x50, 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  // A GUID keeps its first three numbers little-endian.
  uuid.subarray(0, 4).reverse();
  uuid.subarray(4, 6).reverse();
  uuid.subarray(6, 8).reverse();
  return new Uint8Array(uuid);
}

// Every frame about a line names it: its id is worked out once.
const ids = new Map<string, number>();

/** dwPermanentLineID: from the identity alone, so that programs find their line again. Never 0. */
export function lineId(key: string): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(NAMESPACE).update('id:').update(key, 'utf8').digest();
  const id = digest.readUInt32LE(0) || 1;
  ids.set(key, id);
  return id;
}

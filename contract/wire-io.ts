/** A field that breaks its limit, or a body that ends too early. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();

/** Reads the fields of one body, in order. Every read is bounded; a bad one throws a WireError. */
export class WireReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#bytes = body;
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  }

  #take(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length)
      throw new WireError(`body ends at ${this.#bytes.length}, needs ${at + size}`);
    this.#at = at + size;
    return at;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  bool(): boolean {
    const value = this.u8();
    if (value > 1) throw new WireError(`a bool is ${value}`);
    return value === 1;
  }

  bytes(size: number): Uint8Array {
    const at = this.#take(size);
    return new Uint8Array(this.#bytes.subarray(at, at + size));
  }

  text(max: number): string {
    const size = this.u16();
    if (size > max) throw new WireError(`a text has ${size} bytes, at most ${max} may be`);
    const at = this.#take(size);
    const bytes = this.#bytes.subarray(at, at + size);
    if (bytes.includes(0)) throw new WireError('a text holds NUL');
    try {
      return strict.decode(bytes);
    } catch {
      throw new WireError('a text is not UTF-8');
    }
  }

  /** An enumeration's member by its number. */
  member<Name extends string>(members: Readonly<Record<Name, number>>): Name {
    const value = this.u8();
    for (const name in members) if (members[name] === value) return name;
    throw new WireError(`${value} is no member of the enumeration`);
  }
}

/** Writes the fields of one body, in order. A field over its limit throws a WireError. */
export class WireWriter {
  #buffer = Buffer.allocUnsafe(512);
  #used = 0;

  #room(size: number): number {
    const at = this.#used;
    if (at + size > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(2 * (at + size));
      this.#buffer.copy(grown, 0, 0, at);
      this.#buffer = grown;
    }
    this.#used = at + size;
    return at;
  }

  /** What was written. Valid until the next write. */
  get written(): Buffer {
    return this.#buffer.subarray(0, this.#used);
  }

  u8(value: number): void {
    const at = this.#room(1);
    this.#buffer.writeUInt8(whole(value, 0xff), at);
  }

  u16(value: number): void {
    const at = this.#room(2);
    this.#buffer.writeUInt16LE(whole(value, 0xffff), at);
  }

  u32(value: number): void {
    const at = this.#room(4);
    this.#buffer.writeUInt32LE(whole(value, 0xffff_ffff), at);
  }

  u64(value: bigint): void {
    if (value < 0n || value > 0xffff_ffff_ffff_ffffn) throw new WireError(`${value} is no 64-bit number`);
    const at = this.#room(8);
    this.#buffer.writeBigUInt64LE(value, at);
  }

  bool(value: boolean): void {
    this.u8(value ? 1 : 0);
  }

  bytes(value: Uint8Array, size: number): void {
    if (value.length !== size) throw new WireError(`${value.length} bytes where ${size} belong`);
    const at = this.#room(size);
    this.#buffer.set(value, at);
  }

  text(value: string, max: number): void {
    const bytes = utf8.encode(value);
    if (bytes.length > max) throw new WireError(`a text has ${bytes.length} bytes, at most ${max} may be`);
    if (bytes.includes(0)) throw new WireError('a text holds NUL');
    this.u16(bytes.length);
    const at = this.#room(bytes.length);
    this.#buffer.set(bytes, at);
  }
}

function whole(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new WireError(`${value} is not within 0 and ${max}`);
  return value;
}

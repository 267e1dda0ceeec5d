import type { AsteriskLine } from '../account.ts';

/**
 * How the dial plan's names are found among the account's lines: without regard to case. A line that is named otherwise
 * than it is dialled is known by both.
 */
export class LineNames {
  /** By name as the account spells it, and nearly every dial plan, too. */
  readonly #spelt = new Map<string, AsteriskLine>();
  readonly #byName = new Map<string, AsteriskLine>();
  readonly #byChannel = new Map<string, AsteriskLine>();
  /** What people mean the same phone by: 831, SIP/831, bob. */
  readonly #alike = new Map<string, AsteriskLine>();

  constructor(lines: readonly AsteriskLine[]) {
    for (const line of lines) {
      this.#byName.set(line.name.toLowerCase(), line);
      this.#spelt.set(line.name, line);
      const dialled = line.channel.toLowerCase();
      if (!this.#byChannel.has(dialled)) this.#byChannel.set(dialled, line);
      const { name, channel, extension, person } = line;
      for (const text of [resourceOf(name), resourceOf(channel), extension, person])
        if (text !== '') this.#alike.set(text.toLowerCase(), line);
    }
  }

  /** The line of that name; also where a whole channel name stands in its place: `PJSIP/831-0000001f`. */
  find(name: string): AsteriskLine | undefined {
    const spelt = this.#spelt.get(name);
    if (spelt) return spelt;
    const device = deviceOf(name).toLowerCase();
    return this.#byName.get(name.toLowerCase()) ?? this.#byName.get(device) ?? this.#byChannel.get(device);
  }

  /** Whether a whole channel name stands where a line's should. */
  isChannel(name: string): boolean {
    return !this.#spelt.has(name) && !this.#byName.has(name.toLowerCase()) && deviceOf(name) !== name;
  }

  /** The line that may be meant by a name that none has. */
  resembling(name: string): AsteriskLine | undefined {
    const text = deviceOf(name).toLowerCase();
    return this.#alike.get(text) ?? this.#alike.get(resourceOf(text));
  }
}

/** A channel's name without the call's number, as SIP, PJSIP and Local write it. */
const deviceOf = (name: string) => name.replace(/-[0-9a-f]{8}(;[12])?$/i, '');

const resourceOf = (name: string) => name.slice(name.indexOf('/') + 1);

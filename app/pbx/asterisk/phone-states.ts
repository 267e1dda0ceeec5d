import type { PbxHint, PhoneState } from '../port.ts';
import type { AsteriskLine } from './account.ts';
import type { AmiConnection } from './ami/connection.ts';
import { type AmiPacket, header } from './ami/packet.ts';
import { askPhone, type KnownPhone, phoneState, unknownPhone } from './session/phone-check.ts';

/** Phones that are asked for after a sign-in, one after the other; of more, only changes are told. */
export const MAX_PHONES_ASKED = 100;

type PhonePorts = {
  readonly connection: Pick<AmiConnection, 'action'>;
  readonly phone: (line: string, phone: PhoneState) => void;
  readonly hint: (hint: PbxHint) => void;
};

/** How the lines' phones stand, as Asterisk knows them: asked for after each sign-in, then told when it changes. */
export class PhoneStates {
  readonly #ports: PhonePorts;
  readonly #lines: readonly AsteriskLine[];
  /** By technology/resource, lower case. */
  readonly #byPhone = new Map<string, AsteriskLine[]>();
  readonly #told = new Map<string, PhoneState>();
  /** Counts sessions: what an older one still answers means nothing. */
  #session = 0;

  constructor(lines: readonly AsteriskLine[], ports: PhonePorts) {
    this.#ports = ports;
    this.#lines = lines;
    for (const line of lines) {
      const key = line.channel.toLowerCase();
      const others = this.#byPhone.get(key);
      if (others) others.push(line);
      else this.#byPhone.set(key, [line]);
    }
  }

  /** A session is online: asks how the phones stand. */
  async online(): Promise<void> {
    this.#session += 1;
    this.#told.clear();
    const session = this.#session;
    for (const { channel } of this.#lines.slice(0, MAX_PHONES_ASKED)) {
      const known = await askPhone(this.#ports.connection, channel);
      if (session !== this.#session || known === 'never') return;
      this.#tell(channel, known);
    }
  }

  /** Nothing is asked any more. */
  lost(): void {
    this.#session += 1;
  }

  /** Takes any packet; DeviceStateChange means something (class call). */
  take(packet: AmiPacket): void {
    if (header(packet, 'Event') !== 'DeviceStateChange') return;
    this.#tell(header(packet, 'Device') ?? '', phoneState(header(packet, 'State')));
  }

  #tell(channel: string, known: KnownPhone | undefined): void {
    for (const { name, channel: its } of this.#byPhone.get(channel.toLowerCase()) ?? []) {
      if (known === 'invalid') this.#ports.hint(unknownPhone(its));
      else if (known !== undefined && known !== this.#told.get(name)) {
        this.#told.set(name, known);
        this.#ports.phone(name, known);
      }
    }
  }
}

import type { AsteriskLine } from '../account.ts';
import type { AmiConnection } from '../ami/connection.ts';
import { NativeCalls } from '../native/native-calls.ts';

/** Where the two ends of a line's call are: Uniqueids. */
export type Ends = { readonly own: string; readonly far?: string };

/** What a reported channel stands for (JoinedCalls.channelsOf). */
export type ChannelsOf = (
  channel: string,
) => { readonly own?: string; readonly ids: readonly string[] } | undefined;

/** Finds Asterisk's channels of the calls that are reported, and what rings where. */
export class Whereabouts {
  readonly #lines: readonly AsteriskLine[];
  readonly #native: NativeCalls;
  readonly #connection: Pick<AmiConnection, 'list'>;
  readonly #channelsOf: ChannelsOf;

  constructor(
    lines: readonly AsteriskLine[],
    native: NativeCalls,
    connection: Pick<AmiConnection, 'list'>,
    channelsOf: ChannelsOf,
  ) {
    this.#lines = lines;
    this.#native = native;
    this.#connection = connection;
    this.#channelsOf = channelsOf;
  }

  /**
   * The ends of a call. Where no event tells of channels (a user without read=call), Asterisk is asked for all of them:
   * the phone's is the one of the same Linkedid.
   */
  async endsOf(line: string, channel: string): Promise<Ends | undefined> {
    const known = this.#channelsOf(channel);
    if (!known) return undefined;
    const { own, ids } = known;
    if (own !== undefined && this.#native.nameOf(own) !== undefined) return endsIn(this.#native, own);
    const listed = await this.#listed();
    if (own !== undefined && listed?.nameOf(own) !== undefined) return endsIn(listed, own);
    for (const { id, linked, line: its } of listed?.channels.all() ?? [])
      if (listed && its?.name === line && (ids.includes(id) || ids.includes(linked)))
        return endsIn(listed, id);
    return own === undefined ? undefined : { own };
  }

  /** The Uniqueid of what rings at an extension: a line's, or that of any phone whose number it is. */
  async ringingAt(extension: string): Promise<string | undefined> {
    const here = this.#ringing(this.#native, extension);
    if (here !== undefined) return here;
    const listed = await this.#listed();
    return listed && this.#ringing(listed, extension);
  }

  #ringing(native: NativeCalls, extension: string): string | undefined {
    const line = this.#lines.find((each) => each.extension === extension);
    const [rings] = line ? native.ringingAt(line.name) : [];
    if (rings) return rings.id;
    for (const { id, state, local, caller } of native.channels.all())
      if (state === 'ringing' && !local && caller.number === extension) return id;
    return undefined;
  }

  /** Every channel as it is now; undefined where this user may not ask, or Asterisk does not answer. */
  async #listed(): Promise<NativeCalls | undefined> {
    const answer = await this.#connection.list({ name: 'Status' });
    if (!answer.ok) return undefined;
    const listed = new NativeCalls(this.#lines);
    listed.listed(answer.items);
    return listed;
  }
}

function endsIn(native: NativeCalls, own: string): Ends {
  const far = native.farEndOf(own);
  return far ? { own, far: far.id } : { own };
}

/** A channel that this adapter asked for (Originate with a ChannelId), told before the action is sent. */
export type Originated = {
  /** The ChannelId of the action: the channel's Uniqueid from its first event on. */
  readonly id: string;
  /** The line whose phone it lifts (AsteriskLine.name). */
  readonly line: string;
  /** The companion's call that comes of it (ChannelReport.call). */
  readonly call: number;
  /** `dial`: a number or a consultation is called next; `pickup`: a call that rings elsewhere is taken over. */
  readonly kind: 'dial' | 'pickup';
  /** What is dialled, as the user asked for it; of a pickup the extension that rings, or empty. */
  readonly target: string;
};

/** What the bench and the companion it plays say to each other: one JSON object a line. Times are µs since 1970. */
export type PeerRequest =
  /** Tells the shim of a state of a call. */
  | { readonly op: 'state'; readonly call: number; readonly state: number }
  /** Tells it of a connected call again and again, each time with another name. */
  | { readonly op: 'flood'; readonly call: number; readonly count: number }
  | { readonly op: 'clock' };

export type PeerReport =
  | { readonly event: 'listening'; readonly node: string }
  /** The shim is connected and has the line. */
  | { readonly event: 'synced' }
  /** A frame is about to be written. */
  | { readonly event: 'wrote'; readonly atUs: number }
  | { readonly event: 'clock'; readonly atUs: number }
  /** The shim's makeCall was read; it was accepted as this call. */
  | { readonly event: 'makeCall'; readonly atUs: number; readonly call: number };

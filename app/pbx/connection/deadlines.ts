/** Every wait of a session with a PBX, in ms. Tests shorten them. */
export type Deadlines = {
  /** Finding the host and reaching its port. */
  readonly connect: number;
  /** One whole sign-in, from the first packet to `online`. */
  readonly attempt: number;
  /** The answer to a command. */
  readonly command: number;
  /** Nothing heard for this long: a ping goes out. */
  readonly quiet: number;
  /** The answer to that ping. With `quiet`, a dead peer is noticed within 15 s. */
  readonly ping: number;
  /** The goodbye when signing out; after it the connection is cut. */
  readonly signOut: number;
  /** First and longest wait before the next attempt. */
  readonly backOffFirst: number;
  readonly backOffLongest: number;
  /** From the beginning of one attempt to that of the next, at least, however often the network comes back. */
  readonly betweenAttempts: number;
  /** After a refusal of a password that had worked: so many more attempts, each after its wait. */
  readonly afterRefusal: readonly number[];
  /** After another program has taken over our session: coming back at once would start a fight. */
  readonly afterConflict: number;
};

export const DEADLINES: Deadlines = {
  connect: 10_000,
  attempt: 20_000,
  command: 10_000,
  quiet: 10_000,
  ping: 4_500,
  signOut: 1_000,
  backOffFirst: 1_000,
  backOffLongest: 30_000,
  betweenAttempts: 1_000,
  afterRefusal: [30_000, 60_000],
  afterConflict: 60_000,
};

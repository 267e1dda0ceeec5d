/** The Asterisk releases the tests run: an old one that offices still have, and the newest. */
export type Release = {
  /** Names the release, and its folder. */
  readonly major: number;
  /** Debian's suite that has it. */
  readonly suite: string;
};

/** 22 comes from the suite that always has the newest; 16 is the last with Macro and chan_sip in Debian. */
export const RELEASES: readonly Release[] = [
  { major: 22, suite: 'sid' },
  { major: 16, suite: 'bullseye' },
];

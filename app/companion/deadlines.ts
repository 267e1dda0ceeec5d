/** How long a Dial or Pickup waits for a session that is being made, in ms. Then it fails, once and with a reason. */
export const EARLY_COMMAND_MS = 20_000;

/** How long the PBX may take to report the end of a call that it agreed to hang up, in ms. Then it is over all the same. */
export const DROP_SETTLE_MS = 5_000;

/** How long the report may take that a call is held, or taken back, after the PBX agreed to it, in ms. Then it failed. */
export const HOLD_SETTLE_MS = 5_000;

/**
 * How long a call that the PBX agreed to send away may go on without being heard of, in ms. It rings at its target
 * meanwhile: some PBXs end the old channel when somebody answers there.
 */
export const TRANSFER_SETTLE_MS = 30_000;

/** What a comma between digits means, in ms. */
export const DIGIT_PAUSE_MS = 2_000;

/** How long a call waits for the rest of its number, in ms: a program that goes away leaves no call behind. */
export const PARTIAL_DIAL_MS = 60_000;

/**
 * How long a call lives on without a session, in ms. A PBX that restarts is back before; a call that is longer away than
 * this comes back, as a new one, with the first event that shows it.
 */
export const AWAY_LONGEST_MS = 300_000;

/** How long a call that rang when its session was lost may go unconfirmed in the next one, in ms. */
export const RINGING_GRACE_MS = 10_000;

/** The same for a call that was answered: people talk for long without any event. */
export const TALKING_GRACE_MS = 60_000;

/**
 * How long a call may go unconfirmed in all, in ms, even if its phone is said to be in a call: that says little after
 * hours, and no call lives for ever.
 */
export const UNVERIFIED_LONGEST_MS = 4 * 3_600_000;

/** How far the PBX's clock and journal may be off the companion's, in ms. */
export const JOURNAL_SLACK_MS = 30_000;

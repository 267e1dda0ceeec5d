/**
 * How long a call is believed that the dial plan began and says nothing more of, ms. All three are a last resort: the
 * dial plan's IDLE, its channel's Hangup and a list of what lives end it before.
 */
export const RINGING_LIMIT = 10 * 60_000;
export const TALKING_LIMIT = 24 * 60 * 60_000;
/** How long a phone may go on ringing after another one has answered and no HANGUP came, ms. */
export const HANGUP_GRACE = 2_000;

/** How long events of a call that is over are still expected, ms: IDLE comes twice, and not always last. */
export const LATE_LIMIT = 10_000;

/** Calls of one line at one time, those that ended within LATE_LIMIT included. */
export const MAX_CALLS_PER_LINE = 32;
/** Uniqueids and Linkedids of one call. */
export const MAX_IDS = 16;
/** Calls that we dialled and that have not hung up: of more the oldest is forgotten. */
export const MAX_ORIGINATED = 10_000;
/** Hints in one session. */
export const MAX_HINTS = 100;

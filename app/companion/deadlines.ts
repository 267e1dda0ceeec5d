/** How long a Dial or Pickup waits for a session that is being made, in ms. Then it fails, once and with a reason. */
export const EARLY_COMMAND_MS = 20_000;

/** How long the PBX may take to report the end of a call that it agreed to hang up, in ms. Then it is over all the same. */
export const DROP_SETTLE_MS = 5_000;

/** How long a call may go unconfirmed after its session was lost, in ms. No PBX lists its calls, so silence ends it. */
export const LOST_CALL_GRACE_MS = 60_000;

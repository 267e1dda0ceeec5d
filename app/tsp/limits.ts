/** How long a connected shim may take to say hello, in ms. */
export const HELLO_TIMEOUT_MS = 5_000;

/** What may wait to be read by a shim, in bytes. One that is further behind is stalled: its link is closed. */
export const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Shims that may be connected at once: the telephony service, its successor while it restarts, and a test host. */
export const MAX_SHIMS = 8;

/** How long the last frames may take to leave when the companion ends, in ms. */
export const FINISH_TIMEOUT_MS = 500;

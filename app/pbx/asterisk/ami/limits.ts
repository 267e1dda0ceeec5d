/** Bytes of one packet with all its lines. Asterisk's own are below 20 kB. */
export const MAX_PACKET = 256 * 1024;
/** Bytes of one line. Asterisk cuts what a dial plan writes at about 4 kB. */
export const MAX_LINE = 64 * 1024;
/** Lines of one packet. */
export const MAX_HEADERS = 2_000;
/** Bytes of the greeting's line. */
export const MAX_GREETING = 256;

/** Bytes of one line of an action: Asterisk's buffer has 1025 and refuses a longer line (manager.c, get_input). */
export const MAX_ACTION_LINE = 1_000;
/** Lines of an action: Asterisk looks at 128 (AST_MAX_MANHEADERS). */
export const MAX_ACTION_HEADERS = 120;

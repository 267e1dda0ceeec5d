/** Bytes received before the sign-in: a stream header, features and <proceed/>, each time a stream is opened. */
export const MAX_CLEAR_TEXT = 64 * 1024;
/** Characters of one stanza. A phonebook of 10,000 entries has about 2.7 million. */
export const MAX_STANZA = 8 * 1024 * 1024;
/** Characters of one text or attribute value: the parser's time grows with the square of it. */
export const MAX_TEXT_RUN = 512 * 1024;
/** Elements inside elements. */
export const MAX_DEPTH = 64;
/** Characters of one SASL challenge, base64. */
export const MAX_CHALLENGE = 8 * 1024;
/** SCRAM iterations a server may ask for: fewer protect nothing, more would stall the machine. */
export const MIN_ITERATIONS = 1_000;
export const MAX_ITERATIONS = 1_000_000;
/** Characters of the server's name for a session that can be resumed (XEP-0198 section 3). */
export const MAX_RESUMPTION_ID = 4_000;
/** Finished calls asked for at once. */
export const MAX_JOURNAL = 100;
/** Events kept while the user information is under way. */
export const MAX_EARLY_EVENTS = 1_000;
/** Channels whose device is remembered. */
export const MAX_CHANNELS = 10_000;

/** Characters of a channel, number, user or device name: a longer one is refused, for a cut one names something else. */
export const MAX_IDENTIFIER = 256;
/** Characters of a name for people or a message: longer ones are cut. */
export const MAX_LABEL = 256;
/** Children of one container that are looked at. */
export const MAX_CHILDREN = 1_000;
/** Characters of a stanza in the trace: longer ones are cut. */
export const MAX_TRACE_TEXT = 16 * 1024;

/** Limits of the XMPP server; every one of them ends the connection that breaks it. */
export const LIMITS = {
  /** Bytes of one top-level element, and of what comes before the first. */
  stanzaBytes: 262_144,
  /** Elements inside each other, the stream's own included. */
  depth: 64,
  /** Of each port. */
  connections: 256,
  /** Stanzas of one session that its client has not acknowledged (XEP-0198). */
  unacknowledged: 100_000,
  /** From the TCP connection to a bound resource, in milliseconds. */
  timeToAuthenticateMs: 30_000,
  /** Refused logins on one connection. */
  failedLogins: 5,
  /** Characters of a resource a client may ask for (RFC 7622 allows 1023 bytes). */
  resource: 256,
} as const;

/** How one account reaches its Asterisk, and whose calls it serves there. */
export type AsteriskAccount = {
  /** Name or address as the user typed it. */
  readonly host: string;
  /** 1 to 65535. Unset: 5039 with TLS, and with `plainText` 5038. */
  readonly port?: number;
  /** The manager user (manager.conf). */
  readonly user: string;
  /** Asked once per sign-in, kept no longer than the sign-in lasts. */
  readonly secret: () => Promise<string>;
  /** SHA-256 fingerprint of the only certificate to accept, with or without colons. */
  readonly pinnedCertificate?: string;
  /** The user's word: the connection is not encrypted. The secret itself still never crosses it (MD5 challenge). */
  readonly plainText?: true;
  /** Where in the dial plan numbers are dialled from. */
  readonly context: string;
  /** The own phones are asked to lift by themselves when a number is dialled (PJSIP; Call-Info with answer-after). */
  readonly autoAnswer?: true;
  /** The phones answer when they are told to (PJSIP; NOTIFY with Event: talk). The user needs the class system. */
  readonly remoteAnswer?: true;
  /** At least one, at most MAX_LINES; names differ, without regard to case. */
  readonly lines: readonly AsteriskLine[];
};

/** One phone whose calls become a TAPI line's. */
export type AsteriskLine = {
  /** What the dial plan's events call the line, mostly what is dialled to reach the phone: `PJSIP/831`. */
  readonly name: string;
  /** What is called to lift the phone when a number is dialled: technology/resource. The name unless set. */
  readonly channel: string;
  /** The number that colleagues dial; may be empty. */
  readonly extension: string;
  /** Whose phone it is; may be empty. */
  readonly person: string;
};

/** Lines of one account. */
export const MAX_LINES = 5_000;
/** AMI over TLS has no port of its own: this is the one of Asterisk's sample configuration. */
export const TLS_PORT = 5039;
export const PLAIN_PORT = 5038;

/** The defects of @xmpp/client 0.14.0 that tests here show, and where we built around each. */
import { expect } from 'vitest';

const SESSION = 'app/pbx/mobydick/session';
const CONNECTION = 'app/pbx/connection';

/** The file to look at when the library has mended the defect. */
const AROUND = {
  'no way to trust one certificate': `${CONNECTION}/trust.ts`,
  'no SCRAM-SHA-256': 'app/pbx/mobydick/sasl/scram.ts',
  "the server's signature is not checked": 'app/pbx/mobydick/sasl/scram.ts',
  'encryption is not required': `${SESSION}/starttls.ts`,
  'a wrong password is tried for ever': `${CONNECTION}/retries.ts`,
  'a password beyond Latin-1 cannot be sent': 'app/pbx/mobydick/sasl/sign-in.ts',
  'an umlaut in a name or password is garbled': 'app/pbx/mobydick/sasl/sign-in.ts',
  'a password is not prepared': 'app/pbx/mobydick/sasl/saslprep.ts',
  'stream management cannot be switched off': `${SESSION}/stream.ts`,
  'the pause between attempts does not grow': `${CONNECTION}/back-off.ts`,
  'two clients fight over a resource': `${CONNECTION}/retries.ts`,
  'a dead peer is never noticed': `${CONNECTION}/keep-alive.ts`,
  'a request outlives its connection': `${SESSION}/requests.ts`,
  'sending while offline fails obscurely': 'app/pbx/mobydick/commands.ts',
  'a stanza may be of any size': `${SESSION}/gated-parser.ts`,
  'an exception in a listener ends the process': `${SESSION}/stream.ts`,
  'U1, the old connection tears down the new one': `${SESSION}/stream.ts`,
  'U2, a silent server hangs the client for ever': `${CONNECTION}/attempts.ts`,
  'U3, a right password is refused after a broken sign-in': `${SESSION}/sasl-inbox.ts`,
  'U4, characters that came in two pieces are lost': `${SESSION}/secure-socket.ts`,
  'U5, what no honest server sends ends the process': `${SESSION}/gated-parser.ts`,
  'U6, a request is sent again on resumption': `${SESSION}/stream-management.ts`,
  'U7, small packets wait': `${CONNECTION}/tcp.ts`,
  'U8, text after a CDATA section is lost': `${SESSION}/gated-parser.ts`,
} as const;

export type Defect = keyof typeof AROUND;

/** For the half of a test that shows a defect: fails, and says what to look at, when it is gone. */
export function shows(defect: Defect, shown: boolean): void {
  expect(shown, `the library has mended "${defect}": look at ${AROUND[defect]}`).toBe(true);
}

/** What the XMPP server offers and how it answers: servers in the field differ here. */
import type { SaslCondition } from '../sasl/mechanism.ts';
import type { MechanismName } from './login.ts';

export interface XmppOptions {
  /** Offered mechanisms, best first; default SCRAM-SHA-1, PLAIN. */
  readonly mechanisms?: readonly MechanismName[];
  /** Work factor of SCRAM; default 4096. */
  readonly scramIterations?: number;
  /** What a wrong password or an unknown user is answered with; default not-authorized. */
  readonly wrongPassword?: SaslCondition;
  /**
   * STARTTLS is required (default), offered while a login without TLS is taken as well, or not offered at all.
   * The port for direct TLS is not concerned.
   */
  readonly startTls?: 'required' | 'offered' | 'absent';
  /** What a stream to another domain gets: host-unknown (default), or service all the same, as Openfire gives it. */
  readonly otherDomains?: 'refused' | 'served';
  /**
   * What the stream header says as `from`: the server's own domain (default, as Openfire does), the domain the client
   * asked for (as Prosody does before it refuses), or nothing.
   */
  readonly announces?: 'own' | 'asked' | 'nothing';
  /** Offers XEP-0198; default false. */
  readonly streamManagement?: boolean;
  /** Where stream management is offered: lost sessions may be resumed. Default true. */
  readonly resumption?: boolean;
  /** How long a lost session is kept, in seconds; default 300. The client may ask for less. */
  readonly resumptionSeconds?: number;
  /** Milliseconds a connection may take to sign in; default `LIMITS.timeToAuthenticateMs`. */
  readonly timeToAuthenticateMs?: number;
}

export const DEFAULT_RESUMPTION_SECONDS = 300;

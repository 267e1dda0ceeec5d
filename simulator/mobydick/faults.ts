/** Faults a test can switch on while the server runs. They concern connections, never the exchange's calls. */
import type { SaslCondition } from './sasl/mechanism.ts';
import type { StreamCondition } from './xmpp/stanzas.ts';

/**
 * Where the server stops to answer while it keeps the TCP connection open, in the order of a sign-in:
 * - header: before its stream header, of any stream of the connection; features: after that header
 * - starttls: at `<starttls/>`; proceed: after `<proceed/>`, or at once on the port for direct TLS, so that the
 *   TLS handshake hangs
 * - mechanisms: after the header of the encrypted stream
 * - auth: at the client's `<auth/>`; challenge: at its answer to the challenge; success: after `<success/>`
 * - bindFeatures: after the header of the stream that is signed in
 * - bind: at resource binding; resume: at `<resume/>`; clientInfo: at xmppuser.ClientInfo
 * - online: mute, sessions that are online get neither answers nor events
 */
export type SilentStage =
  | 'header'
  | 'features'
  | 'starttls'
  | 'proceed'
  | 'mechanisms'
  | 'auth'
  | 'challenge'
  | 'success'
  | 'bindFeatures'
  | 'bind'
  | 'resume'
  | 'clientInfo'
  | 'online';

/** What a fault does to connections at once. All of them answer how many connections or sessions it met. */
export interface FaultActions {
  cut(user: string | undefined): number;
  endStreams(condition: StreamCondition, user: string | undefined): number;
  say(user: string, chunks: readonly (string | Buffer)[]): number;
  forgetSessions(): number;
}

export class Faults {
  readonly #actions: FaultActions;
  #silentAt: SilentStage | undefined;
  #refusal: SaslCondition | undefined;
  #replyDelayMs = 0;
  #silenced = 0;
  #forgesSignatures = false;

  constructor(actions: FaultActions) {
    this.#actions = actions;
  }

  /**
   * Connections that reach `stage` from now on stay silent for good; `online` acts on living sessions too and ends
   * with the fault. What was to be said meanwhile is lost, unless the client resumes the session (XEP-0198).
   */
  goSilent(stage: SilentStage): void {
    this.#silentAt = stage;
    this.#silenced = 0;
  }

  /** Connections that fell silent since `goSilent`; at `online` none is counted. */
  get silenced(): number {
    return this.#silenced;
  }

  /** Answers every login, also a right one, with this SASL failure. */
  refuseLogins(condition: SaslCondition = 'not-authorized'): void {
    this.#refusal = condition;
  }

  /** Ends each SCRAM login with a signature of somebody who does not know the password (RFC 5802 section 3). */
  forgeSignatures(): void {
    this.#forgesSignatures = true;
  }

  /** Holds every iq answer of an online session back for `ms` milliseconds; events are not delayed. */
  delayReplies(ms: number): void {
    this.#replyDelayMs = ms;
  }

  /** Cuts TCP without a word: of all connections, or of those signed in as `user`. @returns how many. */
  cut(user?: string): number {
    return this.#actions.cut(user);
  }

  /**
   * Ends the streams of all sessions, or of those of `user`, with a stream error such as `conflict` or
   * `system-shutdown` (RFC 6120 section 4.9.3). They cannot be resumed. @returns how many.
   */
  endStreams(condition: StreamCondition, user?: string): number {
    return this.#actions.endStreams(condition, user);
  }

  /**
   * Writes to the sessions of `user` as they are: bytes no honest server sends. Each chunk goes in a TLS record of
   * its own, and no stanza in them is counted or kept. @returns how many sessions got them.
   */
  say(user: string, ...chunks: readonly (string | Buffer)[]): number {
    return this.#actions.say(user, chunks);
  }

  /**
   * No session of this moment can be resumed any more, as after a restart of the server; those that are connected
   * live on, the others end. @returns how many were forgotten.
   */
  forgetSessions(): number {
    return this.#actions.forgetSessions();
  }

  /** Ends all faults; connections that fell silent before they were online stay silent. */
  clear(): void {
    this.#silentAt = undefined;
    this.#refusal = undefined;
    this.#replyDelayMs = 0;
    this.#forgesSignatures = false;
  }

  /** For the server: whether a connection that is at `stage` now is to fall silent. */
  silences(stage: SilentStage): boolean {
    if (this.#silentAt !== stage) return false;
    this.#silenced += 1;
    return true;
  }

  get silentAt(): SilentStage | undefined {
    return this.#silentAt;
  }

  get refusal(): SaslCondition | undefined {
    return this.#refusal;
  }

  get forgesSignatures(): boolean {
    return this.#forgesSignatures;
  }

  get replyDelayMs(): number {
    return this.#replyDelayMs;
  }
}

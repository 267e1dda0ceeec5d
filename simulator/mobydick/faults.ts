/** Faults a test can switch on while the server runs. They concern connections, never the exchange's calls. */
import type { SaslCondition } from './sasl/mechanism.ts';

/**
 * Where the server stops to answer while it keeps the TCP connection open:
 * - header: before its stream header; features: after the header
 * - proceed: after `<proceed/>`, so the TLS handshake hangs; auth: at the client's `<auth/>`
 * - bind: at resource binding
 * - online: mute, sessions that are online get neither answers nor events
 */
export type SilentStage = 'header' | 'features' | 'proceed' | 'auth' | 'bind' | 'online';

export class Faults {
  readonly #cut: (user: string | undefined) => number;
  #silentAt: SilentStage | undefined;
  #refusal: SaslCondition | undefined;
  #replyDelayMs = 0;

  constructor(cut: (user: string | undefined) => number) {
    this.#cut = cut;
  }

  /**
   * Connections that reach `stage` from now on stay silent for good; `online` acts on living sessions too
   * and ends with the fault (what was to be said meanwhile is lost).
   */
  goSilent(stage: SilentStage): void {
    this.#silentAt = stage;
  }

  /** Answers every login, also a right one, with this SASL failure. */
  refuseLogins(condition: SaslCondition = 'not-authorized'): void {
    this.#refusal = condition;
  }

  /** Holds every iq answer of an online session back for `ms` milliseconds; events are not delayed. */
  delayReplies(ms: number): void {
    this.#replyDelayMs = ms;
  }

  /** Cuts TCP without a word: of all connections, or of those signed in as `user`. @returns how many. */
  cut(user?: string): number {
    return this.#cut(user);
  }

  /** Ends all faults; connections that fell silent before they were online stay silent. */
  clear(): void {
    this.#silentAt = undefined;
    this.#refusal = undefined;
    this.#replyDelayMs = 0;
  }

  get silentAt(): SilentStage | undefined {
    return this.#silentAt;
  }

  get refusal(): SaslCondition | undefined {
    return this.#refusal;
  }

  get replyDelayMs(): number {
    return this.#replyDelayMs;
  }
}

/** XEP-0198 for one session: what both sides have handled, what is still to be acknowledged, the name to resume by. */
import xml, { type Element } from '@xmpp/xml/index.js';
import { LIMITS } from './limits.ts';
import { NS } from './namespaces.ts';

/** The stanza counters wrap here (XEP-0198 section 4). */
const COUNTER_MODULUS = 2 ** 32;

export interface ResumptionOptions {
  /** Seconds a lost session is kept; 0: it cannot be resumed. */
  readonly keepSeconds: number;
  /** A fresh name for a session; the client sends it back to resume. */
  readonly newId: () => string;
}

export class StreamManagement {
  readonly #options: ResumptionOptions;
  /** Stanzas the client has not acknowledged yet, oldest first. */
  readonly #unacknowledged: string[] = [];
  #enabled = false;
  #resumptionId: string | undefined;
  #keepSeconds = 0;
  #received = 0;
  /** The client's counter as it last told it. */
  #acknowledged = 0;
  #asked = false;

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  /** Undefined when the session cannot be resumed. */
  get resumptionId(): string | undefined {
    return this.#resumptionId;
  }

  get keepSeconds(): number {
    return this.#keepSeconds;
  }

  /** Stanzas of the client handled so far. */
  get received(): number {
    return this.#received;
  }

  /** Stanzas sent so far. */
  get sent(): number {
    return (this.#acknowledged + this.#unacknowledged.length) % COUNTER_MODULUS;
  }

  get unacknowledged(): readonly string[] {
    return this.#unacknowledged;
  }

  /** Answers `<enable/>` (section 3). A bound stream may ask once. */
  enable(nonza: Element): Element {
    if (this.#enabled) return smFailed('unexpected-request');
    this.#enabled = true;
    const wanted = nonza.attrs['resume'];
    const { keepSeconds, newId } = this.#options;
    if (keepSeconds === 0 || (wanted !== 'true' && wanted !== '1'))
      return xml('enabled', { xmlns: NS.streamManagement });
    const max = Number(nonza.attrs['max']);
    this.#keepSeconds = Number.isInteger(max) && max > 0 ? Math.min(max, keepSeconds) : keepSeconds;
    this.#resumptionId = newId();
    return xml('enabled', {
      xmlns: NS.streamManagement,
      id: this.#resumptionId,
      resume: 'true',
      max: this.#keepSeconds,
    });
  }

  /** Counts a stanza of the client. */
  countReceived(): void {
    if (this.#enabled) this.#received = (this.#received + 1) % COUNTER_MODULUS;
  }

  /** Keeps a stanza that goes out until it is acknowledged. @returns false when too many wait already. */
  keep(stanza: string): boolean {
    if (!this.#enabled) return true;
    if (this.#unacknowledged.length >= LIMITS.unacknowledged) return false;
    this.#unacknowledged.push(stanza);
    return true;
  }

  /** True when it is time for an `<r/>`: something waits, and no question is open. */
  mustAsk(): boolean {
    if (!this.#enabled || this.#asked || this.#unacknowledged.length === 0) return false;
    this.#asked = true;
    return true;
  }

  /** Takes the client's counter. @returns false when it is none, or counts stanzas that were never sent. */
  acknowledge(h: string | undefined): boolean {
    this.#asked = false;
    if (h === undefined || !/^[0-9]{1,10}$/.test(h)) return false;
    const news = (Number(h) - this.#acknowledged + COUNTER_MODULUS) % COUNTER_MODULUS;
    if (news > this.#unacknowledged.length) return false;
    this.#unacknowledged.splice(0, news);
    this.#acknowledged = (this.#acknowledged + news) % COUNTER_MODULUS;
    return true;
  }

  /** The name to resume by is void from now on. */
  forget(): void {
    this.#resumptionId = undefined;
  }
}

/** XEP-0198 `<failed/>`; the stream goes on. */
export const smFailed = (condition: 'item-not-found' | 'unexpected-request'): Element =>
  xml('failed', { xmlns: NS.streamManagement }, xml(condition, { xmlns: NS.stanzas }));

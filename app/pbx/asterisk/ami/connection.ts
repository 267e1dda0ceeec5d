import type { AmiHeader, AmiPacket } from './packet.ts';

/** What the rest of the adapter asks of a signed-in session. */
export type AmiConnection = {
  /**
   * Sends one action and waits for its response. Never throws: a value that could smuggle in a second action (CR, LF,
   * NUL) is refused without being sent.
   */
  readonly action: (action: AmiAction) => Promise<AmiAnswer>;
  /** The same for an action that answers with a list of events: resolves when the list is complete. */
  readonly list: (action: AmiAction) => Promise<AmiListAnswer>;
  /**
   * An ActionID that nobody can guess, used once. Events that an action brings about (OriginateResponse) may be told
   * before its answer is: who waits for one asks for the id first.
   */
  readonly newActionId: () => string;
};

export type AmiAction = {
  readonly name: string;
  /** Without ActionID. */
  readonly headers?: readonly AmiHeader[];
  /** From `newActionId`, for whoever has to know it before the answer; otherwise the session makes one. */
  readonly actionId?: string;
  /** The call and the channel that it is given for: names for the trace. */
  readonly about?: { readonly call?: number; readonly channel?: string };
};

export type AmiAnswer =
  | { readonly ok: true; readonly packet: AmiPacket; readonly actionId: string }
  | { readonly ok: false; readonly code: AmiFailure; readonly detail: string };

export type AmiListAnswer =
  | { readonly ok: true; readonly items: readonly AmiPacket[] }
  | { readonly ok: false; readonly code: AmiFailure; readonly detail: string };

export type AmiFailure =
  /** `Response: Error` */
  | 'refused'
  /** `Permission denied`: the user lacks a class */
  | 'denied'
  /** no session, nothing was sent */
  | 'offline'
  /** sent, and no answer before the deadline or the end of the session */
  | 'unanswered'
  /** a value that cannot be sent */
  | 'invalid';

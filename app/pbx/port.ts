import type { Party } from '../calls/call.ts';

/**
 * What every PBX adapter is to the companion. An adapter turns its protocol into these words and back; it keeps no
 * call states and decides nothing about TAPI.
 */

/** What an adapter can be asked, and the events it reports for one signed-in account. */
export type Pbx = {
  /** Signs in. Progress and failure come as `session` events; never throws. */
  readonly start: () => void;
  /** Signs out and lets go of the network. Resolves when nothing is left open. */
  readonly stop: () => Promise<void>;
  /**
   * Dials `target` from `user`'s phone. Resolves when the PBX has said yes or no, or the deadline has passed. `call` is
   * the call that comes of it: nothing but a name for the trace (WireLine.call).
   */
  readonly dial: (user: string, target: string, call: number) => Promise<CommandResult>;
  /** Answers what rings at `user`'s phone on this channel. */
  readonly answer: (user: string, channel: string) => Promise<CommandResult>;
  readonly hangup: (user: string, channel: string) => Promise<CommandResult>;
  /** Takes over to `user`'s phone what rings at `target`. */
  readonly pickup: (user: string, target: string, call: number) => Promise<CommandResult>;
};

/** The answer to a command. A refusal carries what the PBX said, for the trace. */
export type CommandResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: CommandFailure; readonly detail: string };

export type CommandFailure =
  /** the PBX said no */
  | 'refused'
  /** no session: nothing was sent */
  | 'offline'
  /** sent, and no answer before the deadline or the end of the session: it may have happened */
  | 'unanswered'
  /** this PBX or this phone cannot do it */
  | 'unsupported';

/** Where a sign-in got to. A failure names the stage it failed at. */
export type SignInStage = 'resolve' | 'connect' | 'tls' | 'signIn' | 'bind' | 'userInfo';

/** How the account's session stands. */
export type SessionState =
  | { readonly state: 'stopped' }
  | { readonly state: 'connecting'; readonly stage: SignInStage }
  | { readonly state: 'online' }
  /** Lost or refused, and tried again in `delay` ms. */
  | { readonly state: 'waiting'; readonly delay: number; readonly problem: SessionProblem }
  /** Stopped until the user does something: wrong password, certificate not trusted. */
  | { readonly state: 'failed'; readonly problem: SessionProblem };

export type SessionProblem = {
  readonly code:
    | 'hostUnknown'
    | 'unreachable'
    | 'noEncryption'
    | 'certificateUntrusted'
    | 'certificateChanged'
    | 'wrongPassword'
    /** none is kept, or the store does not give it: the server was not asked */
    | 'passwordMissing'
    | 'accountRefused'
    | 'wrongServer'
    | 'noUserInfo'
    | 'silent'
    | 'lost'
    | 'replaced';
  readonly stage: SignInStage | 'online';
  /** For the trace: what the system or the server said. No secret is in it. */
  readonly detail: string;
  /** SHA-256 fingerprint of the certificate that was not trusted, for the question to the user. */
  readonly fingerprint?: string;
};

/** A user of the PBX whose phone can become a TAPI line. */
export type PbxUser = {
  /** The PBX's own spelling of the user name: the line's identity, together with the account key. */
  readonly user: string;
  readonly name: string;
  readonly extension: string;
  /** What the user's phone and the PBX can do for a call. */
  readonly abilities: ReadonlySet<PbxAbility>;
};

export type PbxAbility = 'dial' | 'answer' | 'hangup' | 'pickup' | 'hold' | 'transfer';

/** One report about one channel of one user's phone: complete in itself. */
export type ChannelReport = {
  readonly user: string;
  /** The PBX's name for the channel: opaque. */
  readonly channel: string;
  /** `outbound`: the user's phone calls; `inbound`: it is called. */
  readonly direction: 'inbound' | 'outbound';
  readonly internal: boolean;
  readonly what:
    | { readonly kind: 'ringing' }
    | { readonly kind: 'busy' }
    | { readonly kind: 'held' }
    | { readonly kind: 'retrieved' }
    /** names or numbers are news, the state is not */
    | { readonly kind: 'renamed' }
    | { readonly kind: 'gone'; readonly cause: GoneCause };
  readonly caller: Party;
  readonly called: Party;
  readonly redirecting: Party;
};

/** Why a channel is gone, as far as the PBX says. */
export type GoneCause =
  | 'unsaid'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  | 'answeredElsewhere'
  | 'forwarded'
  | 'failed';

/** A colleague's phone rings and the user may take the call. */
export type PickupOffer = {
  readonly user: string;
  /** The colleague's extension: the target of a pickup. */
  readonly target: string;
  readonly targetName: string;
  readonly caller: Party;
};

export type PbxEvent =
  | { readonly type: 'session'; readonly session: SessionState }
  /** Everyone whose line this account serves now. Comes before the first `online`. */
  | { readonly type: 'users'; readonly users: readonly PbxUser[] }
  /** `wire` is what it was made of: the companion traces it, with the call that the channel turns out to be. */
  | { readonly type: 'channel'; readonly report: ChannelReport; readonly wire: WireLine }
  | { readonly type: 'pickupOffered'; readonly offer: PickupOffer }
  | { readonly type: 'pickupGone'; readonly user: string; readonly target: string };

/** How an adapter reports. `trace` takes what crossed the wire outside a channel event; redaction happens behind it. */
export type PbxListener = {
  readonly event: (event: PbxEvent) => void;
  readonly trace: (line: WireLine) => void;
};

/** One thing that crossed the PBX's wire, or went wrong on it. */
export type WireLine = {
  readonly direction: 'in' | 'out' | 'note';
  /** Short: the command or event, like `base.ChannelEvent ringing`. */
  readonly label: string;
  /** The raw text, secrets already left out. */
  readonly text: string;
  /** The channel it is about, when it is about one. */
  readonly channel?: string;
  /** The call that a command was given with. */
  readonly call?: number;
};

import type { CallOrigin, Party } from '../calls/call.ts';
import type { Text } from '../language.ts';

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
   * The network or the machine has come back. A session that waits for its next attempt tries at once; one that is
   * online is asked whether it still lives. Does nothing where a session has failed or was stopped.
   */
  readonly check: () => void;
  /**
   * Dials `target` from `user`'s phone. Resolves when the PBX has said yes or no, or the deadline has passed. `call` is
   * the call that comes of it: nothing but a name for the trace (WireLine.call).
   */
  readonly dial: (user: string, target: string, call: number) => Promise<CommandResult>;
  /** Answers what rings at `user`'s phone on this channel. */
  readonly answer: (user: string, channel: string) => Promise<CommandResult>;
  readonly hangup: (user: string, channel: string) => Promise<CommandResult>;
  /**
   * Puts `user`'s end of this channel on hold. Resolves when the PBX has taken the command; that it was carried out is
   * told by a report `held`. Never given for a channel that is held already: it may be a key that would take it back.
   */
  readonly hold: (user: string, channel: string) => Promise<CommandResult>;
  /** Takes a held channel back, as `hold` and with a report `retrieved`. Never given for one that is not held. */
  readonly unhold: (user: string, channel: string) => Promise<CommandResult>;
  /** Sends the other end of an answered channel to `target`, without asking there. `user`'s channel ends. */
  readonly blindTransfer: (user: string, channel: string, target: string) => Promise<CommandResult>;
  /** Sends what rings at `user`'s phone on this channel to `target`, unanswered. The channel ends. */
  readonly redirect: (user: string, channel: string, target: string) => Promise<CommandResult>;
  /** Plays these digits (0 to 9, A to D, * and #) to the other end of an answered channel, one after the other. */
  readonly sendDigits: (user: string, channel: string, digits: string) => Promise<CommandResult>;
  /**
   * Holds the other end of an answered channel for a transfer and calls `target` to ask there. The consultation is
   * reported as a channel of its own, with `call` (ChannelReport.call); the held one as `heldForTransfer`.
   */
  readonly consult: (user: string, channel: string, target: string, call: number) => Promise<CommandResult>;
  /** Joins the two other ends of a held channel and its consultation. Both of `user`'s channels end. */
  readonly completeTransfer: (user: string, channel: string, consultation: string) => Promise<CommandResult>;
  /** Takes over to `user`'s phone what rings at `target`; where that is empty, what rings in the user's own group. */
  readonly pickup: (user: string, target: string, call: number) => Promise<CommandResult>;
  /**
   * The calls of `user` that began at `since` (ms since 1970) or later and are over, as the PBX's journal has them.
   * Resolves to undefined when the PBX keeps none or did not answer: that says nothing about any call.
   */
  readonly endedCalls: (user: string, since: number) => Promise<readonly EndedCall[] | undefined>;
};

/** A call that is over. A journal names no channel: number and time tell which one it was. */
export type EndedCall = {
  readonly direction: 'inbound' | 'outbound';
  /** The other end's number, as the PBX spells it; may be empty. */
  readonly number: string;
  /** When it began, ms since 1970 on the PBX's clock. */
  readonly began: number;
  /** How long it lasted in all, ms. */
  readonly lasted: number;
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
  /** `plainText`: the connection is not encrypted, as the account's settings allow; told from `signIn` on. */
  | { readonly state: 'connecting'; readonly stage: SignInStage; readonly plainText?: true }
  /** `resumed`: it is the session of before, and nothing was missed. Otherwise events may have been. */
  | { readonly state: 'online'; readonly resumed: boolean }
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
    /** neither the user name nor the server told the XMPP domain: the user has to */
    | 'domainUnknown'
    | 'noUserInfo'
    | 'silent'
    | 'lost'
    | 'replaced'
    /** it sends more in one go than anything it could mean */
    | 'tooMuch';
  readonly stage: SignInStage | 'online';
  /** For the trace: what the system or the server said. No secret is in it. */
  readonly detail: string;
  /** Whose words explain it to people; the ones for every PBX where it is absent. */
  readonly pbx?: 'asterisk';
  /** The certificate that was not trusted, for the question to the user. */
  readonly certificate?: Certificate;
};

/** A server's certificate, as people compare it. Every text in it is the server's word. */
export type Certificate = {
  /** SHA-256, as 32 pairs of hexadecimal digits with colons, upper case. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ms since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** What speaks against it, in English, for the trace; empty when an authority vouches for it. */
  readonly complaint: string;
};

/** A user of the PBX whose phone can become a TAPI line. */
export type PbxUser = {
  /** The PBX's own spelling of the user name: the line's identity, together with the account key. */
  readonly user: string;
  readonly name: string;
  readonly extension: string;
  /** What the user's phone and the PBX can do for a call. */
  readonly abilities: ReadonlySet<PbxAbility>;
  /** What an Answer names: the channel to answer, or the phone, which then takes what it likes of what rings there. */
  readonly answers: 'channel' | 'phone';
  /** What a Hold names: the channel, or the phone, whose key then holds or takes back what it likes. */
  readonly holds: 'channel' | 'phone';
  /** Whether the PBX lets this user act for others. */
  readonly role: 'user' | 'supervisor';
  /** The phone that is the user's now; absent when the PBX names none. */
  readonly phone?: string;
};

/** How a user's phone stands, as the PBX tells it. */
export type PhoneState = 'free' | 'inCall' | 'absent';

/**
 * `hold` is taking back as well; `transfer` is sending away without asking there, `consult` is asking there first;
 * `redirect` is sending away what rings. `pickupGroup`: a pickup without a target takes what rings in the own group.
 */
export type PbxAbility =
  | 'dial'
  | 'answer'
  | 'hangup'
  | 'pickup'
  | 'pickupGroup'
  | 'hold'
  | 'transfer'
  | 'consult'
  | 'redirect'
  | 'digits';

/** One report about one channel of one user's phone: complete in itself. */
export type ChannelReport = {
  readonly user: string;
  /** The PBX's name for the channel: opaque. */
  readonly channel: string;
  /** `outbound`: the user's phone calls; `inbound`: it is called. */
  readonly direction: 'inbound' | 'outbound';
  readonly internal: boolean;
  readonly what: /** the phone is off the hook, and nothing is dialled yet */
    | { readonly kind: 'offHook' }
    /** the PBX has taken the number */
    | { readonly kind: 'dialed' }
    /** the PBX is on its way to the far end */
    | { readonly kind: 'proceeding' }
    /** inbound: the phone rings; outbound: the far end does */
    | { readonly kind: 'ringing' }
    /** somebody has taken note of the call, and it rings on */
    | { readonly kind: 'accepted' }
    /** the two can talk */
    | { readonly kind: 'busy' }
    /** the far end is busy; the channel may live on */
    | { readonly kind: 'farBusy' }
    /** the PBX plays why the call cannot be made */
    | { readonly kind: 'specialInfo' }
    | { readonly kind: 'held' }
    | { readonly kind: 'heldForTransfer' }
    | { readonly kind: 'heldForConference' }
    | { readonly kind: 'conferenced' }
    /** how the call stands cannot be told, only that it is there */
    | { readonly kind: 'unclear' }
    /** over for the people who talked; `gone` is still to come */
    | { readonly kind: 'disconnected'; readonly cause: GoneCause }
    | { readonly kind: 'retrieved' }
    /** names or numbers are news, the state is not */
    | { readonly kind: 'renamed' }
    | { readonly kind: 'gone'; readonly cause: GoneCause };
  readonly caller: Party;
  readonly called: Party;
  readonly redirecting: Party;
  /** Who answered, where the PBX tells it apart from whom was called. */
  readonly connected?: Party;
  /** Where the PBX or its administrator says more than `direction` and `internal` do. */
  readonly origin?: CallOrigin;
  /** The call that this channel was asked for (Pbx.dial, pickup, consult), where the PBX names it. */
  readonly call?: number;
};

/** Why a channel is gone, as far as the PBX says. */
export type GoneCause =
  | 'unsaid'
  | 'busy'
  | 'noAnswer'
  | 'rejected'
  | 'answeredElsewhere'
  | 'forwarded'
  /** the number does not exist */
  | 'unknownNumber'
  /** the PBX or the network has no way free */
  | 'congestion'
  | 'outOfOrder'
  /** the caller gave up */
  | 'cancelled'
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
  /** Comes when it changes, and after each sign-in. */
  | { readonly type: 'phone'; readonly user: string; readonly phone: PhoneState }
  | { readonly type: 'ended'; readonly user: string; readonly call: EndedCall }
  /**
   * The PBX has listed every channel of these users that lives, each reported before: of theirs no other does. Only from
   * a PBX that can list them, after an `online` that resumed nothing.
   */
  | { readonly type: 'listed'; readonly users: ReadonlySet<string>; readonly channels: ReadonlySet<string> }
  | { readonly type: 'hint'; readonly hint: PbxHint }
  | { readonly type: 'pickupOffered'; readonly offer: PickupOffer }
  | { readonly type: 'pickupGone'; readonly user: string; readonly target: string };

/**
 * Something at the PBX that works less well than it could, for whoever runs it. Told once in a session for each `code`
 * and `subject`.
 */
export type PbxHint = {
  readonly code: string;
  /** What it is about, such as a line's name; may be empty. Text of the PBX. */
  readonly subject: string;
  /** The step of a connection test that it belongs to: what the account may do, or the phone. */
  readonly about?: 'rights' | 'phone';
  /** What happened, why, what to do: one sentence each. */
  readonly what: Text;
  readonly why: Text;
  readonly todo: Text;
};

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
  /**
   * The raw text, secrets already left out. An adapter may make it only when it is read: read it once, and not while a
   * call waits.
   */
  readonly text: string;
  /** The channel it is about, when it is about one. */
  readonly channel?: string;
  /** The call that a command was given with. */
  readonly call?: number;
};

/**
 * What crosses the border between the main process and its windows: commands with their arguments and results, slices of
 * state, and events. Preload, main and pages are typed by this file alone; an entry that one of them lacks does not
 * compile.
 */
import * as v from 'valibot';

/** The windows there are. Each is one page. */
export const windowKinds = ['flyout', 'popup', 'signIn', 'diagnostics'] as const;
export type WindowKind = (typeof windowKinds)[number];

export type Language = 'de' | 'en';

// ── State ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A problem for people: what happened, why, what to do. In the language of the moment. */
export type ProblemView = { readonly what: string; readonly why: string; readonly todo: string };

export type AccountView = {
  readonly key: string;
  /** As the user typed them. */
  readonly server: string;
  readonly user: string;
  readonly state: 'connecting' | 'online' | 'waiting' | 'failed' | 'stopped';
  readonly problem?: ProblemView;
  /** SHA-256 of a certificate that waits for the user's word. */
  readonly untrustedCertificate?: string;
  /** The built-in demo PBX, not a real one. */
  readonly demo: boolean;
};

export type LineView = {
  readonly key: string;
  /** Like `Jan Lorenz (831)`. */
  readonly name: string;
  readonly extension: string;
  readonly inService: boolean;
  readonly canDial: boolean;
  readonly canPickup: boolean;
};

export type PartyView = { readonly number: string; readonly name: string; readonly withheld: boolean };

/** What can be done with a call now: exactly `features(call)` of the companion. */
export type VerbView = 'answer' | 'drop';

export type CallStateView =
  | 'idle'
  | 'offering'
  | 'accepted'
  | 'dialtone'
  | 'dialing'
  | 'ringback'
  | 'busy'
  | 'specialInfo'
  | 'connected'
  | 'proceeding'
  | 'onHold'
  | 'conferenced'
  | 'onHoldPendConf'
  | 'onHoldPendTransfer'
  | 'disconnected'
  | 'unknown';

export type CallView = {
  readonly id: number;
  readonly line: string;
  readonly direction: 'inbound' | 'outbound';
  readonly state: CallStateView;
  readonly caller: PartyView;
  readonly called: PartyView;
  /** When the state was entered, ms since 1970. */
  readonly since: number;
  readonly verbs: readonly VerbView[];
};

/** A colleague's phone rings and the user may take the call. */
export type OfferView = {
  readonly line: string;
  /** The colleague's extension. */
  readonly target: string;
  readonly targetName: string;
  readonly caller: PartyView;
};

/** The way to TAPI programs: how many telephony services are connected, and why none can be, if so. */
export type ShimView = { readonly connected: number; readonly unavailable?: ProblemView };

/** The companion's state as windows see it, in slices: a window gets only those it shows. */
export type Slices = {
  readonly language: Language;
  readonly account: AccountView | null;
  readonly lines: readonly LineView[];
  readonly calls: readonly CallView[];
  readonly offers: readonly OfferView[];
  readonly shim: ShimView;
};
export type SliceName = keyof Slices;

/** One slice as it is now. */
export type Patch = {
  readonly [Name in SliceName]: { readonly slice: Name; readonly value: Slices[Name] };
}[SliceName];

// ── Diagnostics ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One trace entry. It was redacted before it was stored. */
export type TraceRow = {
  readonly sequence: number;
  /** ms since 1970, with fractions. */
  readonly at: number;
  readonly leg: 'pbx' | 'core' | 'link' | 'tapi';
  readonly direction: 'in' | 'out' | 'note';
  readonly account: string;
  /** 0: none. */
  readonly call: number;
  readonly label: string;
  readonly detail: string;
};

/** A row of the TAPI message flow of a line, with the columns of the known line watchers. */
export type TapiRow = {
  readonly sequence: number;
  readonly at: number;
  readonly callId: number;
  readonly line: string;
  readonly event: string;
  readonly callerId: string;
  readonly calledId: string;
  readonly connectedId: string;
  readonly direction: 'inbound' | 'outbound' | '';
};

// ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How far a sign-in got. */
export type SignInStage = 'resolve' | 'connect' | 'tls' | 'signIn' | 'bind' | 'userInfo' | 'online';

/** What main tells a window without being asked. */
export type Events = {
  readonly patch: Patch;
  /** New trace entries, oldest first: only to windows that follow the trace. */
  readonly trace: readonly TraceRow[];
  /** A stage of the sign-in test was reached. */
  readonly signInStage: SignInStage;
  /** A tel: link or a second start asks for a number to be dialled: the dial box shows it, and nothing is dialled. */
  readonly dialRequested: { readonly target: string };
};
export type EventName = keyof Events;

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How a command ended. A refusal comes with a sentence. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly problem: ProblemView };

/** Longest texts a page may send, in characters. */
export const MAX_TARGET = 128;
export const MAX_KEY = 400;
export const MAX_SERVER = 260;
export const MAX_USER = 400;
export const MAX_PASSWORD = 1_024;

const key = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_KEY));
const target = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TARGET));
const callId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffff_ffff));
const credentials = v.strictObject({
  /** `host` or `host:port`. */
  server: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SERVER)),
  user: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_USER)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PASSWORD)),
  /** SHA-256 fingerprint of a certificate the user accepted in this form. */
  certificate: v.optional(v.pipe(v.string(), v.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/))),
});
const nothing = v.strictObject({});

/** Arguments of every command, as they are checked in main. */
export const commandArguments = {
  /** The slices of the window as they are now; patches follow. */
  subscribe: nothing,
  dial: v.strictObject({ line: key, target }),
  pickup: v.strictObject({ line: key, target }),
  answer: v.strictObject({ call: callId }),
  drop: v.strictObject({ call: callId }),
  signIn: credentials,
  /** Signs in beside the account that is there, tells the stages, and signs out again. */
  testSignIn: credentials,
  signOut: nothing,
  /** Starts the built-in demo PBX and signs in to it. */
  tryDemo: nothing,
  /** Retries a session that waits or failed. */
  retry: nothing,
  openWindow: v.strictObject({ kind: v.picklist(windowKinds) }),
  closeWindow: nothing,
  /** Makes the popup or flyout as high as its content, in CSS pixels. */
  fitHeight: v.strictObject({ height: v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(900)) }),
  /** Trace entries from a sequence number on; `trace` events follow until `unfollowTrace`. */
  followTrace: v.strictObject({ from: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  unfollowTrace: nothing,
  /** The steps of one call, in the order they happened. */
  ladder: v.strictObject({ call: callId }),
  /** The TAPI messages of one line. */
  tapiFlow: v.strictObject({ line: key }),
  /** Copies text that the page shows to the clipboard; redacted once more on the way. */
  copyText: v.strictObject({ text: v.pipe(v.string(), v.maxLength(4_000_000)) }),
  /** Asks where to and saves the trace, as text. */
  saveTrace: nothing,
} as const;

export type CommandName = keyof typeof commandArguments;
export type CommandArguments<Name extends CommandName> = v.InferOutput<(typeof commandArguments)[Name]>;

/** What every command answers. */
export type CommandResults = {
  readonly subscribe: Partial<Slices>;
  readonly dial: Outcome;
  readonly pickup: Outcome;
  readonly answer: Outcome;
  readonly drop: Outcome;
  readonly signIn: Outcome & { readonly untrustedCertificate?: string };
  readonly testSignIn: Outcome & { readonly untrustedCertificate?: string };
  readonly signOut: Outcome;
  readonly tryDemo: Outcome;
  readonly retry: Outcome;
  readonly openWindow: Outcome;
  readonly closeWindow: Outcome;
  readonly fitHeight: Outcome;
  readonly followTrace: readonly TraceRow[];
  readonly unfollowTrace: Outcome;
  readonly ladder: readonly TraceRow[];
  readonly tapiFlow: readonly TapiRow[];
  readonly copyText: Outcome;
  readonly saveTrace: Outcome & { readonly cancelled?: boolean };
};

/** A command without a result, or a result without a command, does not compile. */
type Exactly<A extends string, B extends string> = [Exclude<A, B>, Exclude<B, A>] extends [never, never]
  ? true
  : never;
export const everyCommandHasAResult: Exactly<CommandName, keyof CommandResults> = true;

// ── Rights ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a window gets and may ask; main refuses everything else. */
export type Rights = {
  readonly slices: readonly SliceName[];
  readonly commands: readonly CommandName[];
};

const everyWindow = ['subscribe', 'closeWindow', 'openWindow'] as const;

export const rights: Readonly<Record<WindowKind, Rights>> = {
  flyout: {
    slices: ['language', 'account', 'lines', 'calls', 'offers', 'shim'],
    commands: [
      ...everyWindow,
      'dial',
      'pickup',
      'answer',
      'drop',
      'tryDemo',
      'signOut',
      'retry',
      'fitHeight',
    ],
  },
  popup: {
    slices: ['language', 'lines', 'calls'],
    commands: [...everyWindow, 'answer', 'drop', 'fitHeight'],
  },
  signIn: {
    slices: ['language', 'account'],
    commands: [...everyWindow, 'signIn', 'testSignIn', 'tryDemo'],
  },
  diagnostics: {
    slices: ['language', 'account', 'lines', 'calls', 'shim'],
    commands: [...everyWindow, 'followTrace', 'unfollowTrace', 'ladder', 'tapiFlow', 'copyText', 'saveTrace'],
  },
};

// ── The bridge ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the preload puts into a page as `window.tapline`. */
export type Bridge = {
  /** Which window this is. */
  readonly kind: WindowKind;
  readonly invoke: <Name extends CommandName>(
    name: Name,
    args: CommandArguments<Name>,
  ) => Promise<CommandResults[Name]>;
  /** Calls `listener` with every event of a name. Returns the way to stop it. */
  readonly on: <Name extends EventName>(name: Name, listener: (event: Events[Name]) => void) => () => void;
};

/** Channel names between preload and main. */
export const CHANNEL = { command: 'tapline:command', event: 'tapline:event' } as const;

/**
 * What crosses the border between the main process and its windows: commands with their arguments and results, slices of
 * state, and events. Preload, main and pages are typed by this file alone; an entry that one of them lacks does not
 * compile.
 */
import type { InferOutput } from 'valibot';
import type { commandArguments } from './renderer-arguments.ts';

/** The windows there are. Each is one page. */
export const windowKinds = ['flyout', 'popup', 'signIn', 'diagnostics'] as const;
export type WindowKind = (typeof windowKinds)[number];

export type Language = 'de' | 'en';

// ── State ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A problem for people: what happened, why, what to do. In the language of the moment. */
export type ProblemView = { readonly what: string; readonly why: string; readonly todo: string };

/** A server's certificate that nobody vouches for, or that is not the one of before. Its texts are the server's word. */
export type CertificateView = {
  /** SHA-256, as 32 pairs of hexadecimal digits with colons, upper case. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** ms since 1970. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Another one was trusted so far. */
  readonly changed: boolean;
  /** Fingerprint of the one that was trusted so far. */
  readonly before?: string;
};

/** The phone systems an account can be at. */
export type AccountKind = 'mobydick' | 'asterisk';

export type AccountView = {
  readonly key: string;
  readonly kind: AccountKind;
  /** As the user typed them. */
  readonly server: string;
  readonly user: string;
  readonly state: 'connecting' | 'online' | 'waiting' | 'failed' | 'stopped';
  readonly problem?: ProblemView;
  /** The certificate that waits for the user's word. */
  readonly certificate?: CertificateView;
  /** The server has refused user or password: signing in again may help before the next attempt does. */
  readonly refused: boolean;
  /** Nobody but the user can tell the XMPP domain. */
  readonly needsDomain: boolean;
  /** The built-in demo PBX, not a real one. */
  readonly demo: boolean;
};

export type LineView = {
  readonly key: string;
  /** Key of the account it belongs to. */
  readonly account: string;
  /** Like `Jan Lorenz (831)`. */
  readonly name: string;
  readonly extension: string;
  readonly inService: boolean;
  readonly canDial: boolean;
  readonly canPickup: boolean;
};

export type PartyView = { readonly number: string; readonly name: string; readonly withheld: boolean };

/** What people can do with a call now: exactly `features(call)` of the companion, of these verbs. */
export type VerbView = 'answer' | 'hold' | 'unhold' | 'drop';

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

/** Something at a phone system that works less well than it could, for whoever runs it. */
export type HintView = {
  /** Key of the account whose phone system it is about. */
  readonly account: string;
  readonly code: string;
  /** What it is about, such as a line's name; may be empty. */
  readonly subject: string;
} & ProblemView;

/** The way to TAPI programs: how many telephony services are connected, and why none can be, if so. */
export type ShimView = { readonly connected: number; readonly unavailable?: ProblemView };

/** The companion's state as windows see it, in slices: a window gets only those it shows. */
export type Slices = {
  readonly language: Language;
  /** In the order they were signed in; the demo is the last. */
  readonly accounts: readonly AccountView[];
  readonly lines: readonly LineView[];
  readonly calls: readonly CallView[];
  readonly offers: readonly OfferView[];
  readonly hints: readonly HintView[];
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

/** The steps of the connection test, in their order. */
export const testSteps = ['name', 'tcp', 'tls', 'signIn', 'userInfo', 'role', 'phone'] as const;
export type TestStepName = (typeof testSteps)[number];

/** How one step of a connection test ended. */
export type TestStepView = {
  readonly step: TestStepName;
  readonly result: 'passed' | 'warned' | 'failed' | 'skipped';
  /** ms. */
  readonly duration: number;
  readonly what: string;
  /** What to do about it, where it did not pass. */
  readonly todo?: string;
};

/** What main tells a window without being asked. */
export type Events = {
  readonly patch: Patch;
  /** New trace entries, oldest first: only to windows that follow the trace. */
  readonly trace: readonly TraceRow[];
  /** A step of the connection test with this number has ended. */
  readonly testStep: { readonly test: number; readonly step: TestStepView };
  /** The sign-in form is wanted for an account that is known, or for another one. */
  readonly signInRequested: { readonly account?: string };
  /** A tel: link or a second start asks for a number to be dialled: the dial box shows it, and nothing is dialled. */
  readonly dialRequested: { readonly target: string };
};
export type EventName = keyof Events;

// ── Commands ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How a command ended. A refusal comes with a sentence. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly problem: ProblemView };

/** How signing in ended. */
export type SignInOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly problem: ProblemView;
      /** It stopped at this certificate: the user may accept it. */
      readonly certificate?: CertificateView;
      /** It stopped because nobody but the user can tell the XMPP domain. */
      readonly needsDomain: boolean;
      /** An Asterisk takes no encrypted connection there: the user may go on without. */
      readonly mayGoPlain?: true;
    };

/** What the form of an Asterisk account shows besides server and manager user. */
export type AsteriskEntries = {
  readonly context: string;
  /** One phone in each line. */
  readonly phones: string;
  readonly plainText?: true;
  readonly autoAnswer?: true;
  readonly remoteAnswer?: true;
};

/** Longest texts a page may send, in characters. */
export const MAX_TARGET = 128;
export const MAX_KEY = 400;
export const MAX_SERVER = 260;
export const MAX_USER = 400;
export const MAX_PASSWORD = 1_024;
export const MAX_DOMAIN = 1_023;
export const MAX_CONTEXT = 79;
/** 5,000 phones, each with extension and name. */
export const MAX_PHONES = 1_000_000;

// What each command takes stands in renderer-arguments.ts: the schemas are for main alone, pages need their types only.
export type CommandName = keyof typeof commandArguments;
export type CommandArguments<Name extends CommandName> = InferOutput<(typeof commandArguments)[Name]>;

/** What every command answers. */
export type CommandResults = {
  readonly subscribe: Partial<Slices>;
  readonly dial: Outcome;
  readonly pickup: Outcome;
  readonly answer: Outcome;
  readonly hold: Outcome;
  readonly unhold: Outcome;
  readonly drop: Outcome;
  readonly signIn: SignInOutcome;
  readonly testSignIn: SignInOutcome;
  readonly cancelTest: Outcome;
  readonly trustCertificate: Outcome;
  readonly asteriskEntries: AsteriskEntries | undefined;
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
    slices: ['language', 'accounts', 'lines', 'calls', 'offers', 'shim'],
    commands: [
      ...everyWindow,
      'dial',
      'pickup',
      'answer',
      'hold',
      'unhold',
      'drop',
      'tryDemo',
      'signOut',
      'retry',
      'fitHeight',
    ],
  },
  popup: {
    slices: ['language', 'lines', 'calls'],
    commands: [...everyWindow, 'answer', 'hold', 'unhold', 'drop', 'fitHeight'],
  },
  signIn: {
    slices: ['language', 'accounts'],
    commands: [
      ...everyWindow,
      'signIn',
      'testSignIn',
      'cancelTest',
      'asteriskEntries',
      'trustCertificate',
      'tryDemo',
    ],
  },
  diagnostics: {
    slices: ['language', 'accounts', 'lines', 'calls', 'hints', 'shim'],
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

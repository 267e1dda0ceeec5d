import type {
  AsteriskEntries,
  CommandArguments,
  Outcome,
  Patch,
  SignInOutcome,
  Slices,
  TapiRow,
  TestStepView,
  TraceRow,
} from '../../contract/renderer-api.ts';

/** What the trace is to the main process. */
export type TraceService = {
  /** What is kept from a sequence number on, oldest first. */
  readonly from: (sequence: number) => readonly TraceRow[];
  /** Calls `listener` with every new row. Returns the way to stop it. */
  readonly follow: (listener: (row: TraceRow) => void) => () => void;
  /** Adds a note of the main process itself. */
  readonly note: (label: string, detail: string) => void;
};

/** Something to be told once after the start, in the language of the moment. */
export type Notice = string;

/**
 * A companion as the main process knows it: in this process, or a service of the machine. No command rejects: how it
 * went is in its outcome.
 */
export type CompanionService = {
  /** The state as it is now. */
  readonly slices: () => Slices;
  /** Calls `listener` with every slice that changed. Returns the way to stop it. */
  readonly subscribe: (listener: (patch: Patch) => void) => () => void;
  readonly dial: (args: CommandArguments<'dial'>) => Promise<Outcome>;
  readonly pickup: (args: CommandArguments<'pickup'>) => Promise<Outcome>;
  readonly answer: (args: CommandArguments<'answer'>) => Promise<Outcome>;
  readonly hold: (args: CommandArguments<'hold'>) => Promise<Outcome>;
  readonly unhold: (args: CommandArguments<'unhold'>) => Promise<Outcome>;
  readonly drop: (args: CommandArguments<'drop'>) => Promise<Outcome>;
  /** Signs in on trial; when that works, keeps the account for the next start, beside the others. */
  readonly signIn: (args: CommandArguments<'signIn'>) => Promise<SignInOutcome>;
  /** Tests the connection beside the accounts that are there; keeps nothing. A new test ends the one that runs. */
  readonly testSignIn: (
    args: CommandArguments<'testSignIn'>,
    tell: (step: TestStepView) => void,
  ) => Promise<SignInOutcome>;
  readonly cancelTest: () => void;
  /** Pins the certificate that stops an account now, and signs in with the password that is kept. */
  readonly trustCertificate: (args: CommandArguments<'trustCertificate'>) => Promise<Outcome>;
  /** What the form of an Asterisk account shows; undefined where there is no such account. */
  readonly asteriskEntries: (args: CommandArguments<'asteriskEntries'>) => AsteriskEntries | undefined;
  /** Signs out and forgets account and password. */
  readonly signOut: (args: CommandArguments<'signOut'>) => Promise<Outcome>;
  readonly tryDemo: () => Promise<Outcome>;
  readonly retry: (args: CommandArguments<'retry'>) => Promise<Outcome>;
  /** The machine or its network has come back: sessions that wait try at once, the others are asked whether they live. */
  readonly check: () => void;
  readonly trace: TraceService;
  /** The steps of one call, in the order they happened. */
  readonly ladder: (call: number) => readonly TraceRow[];
  /** The TAPI messages of the calls of one line, oldest first. */
  readonly tapiFlow: (line: string) => readonly TapiRow[];
  /** Opens the way for TAPI programs and signs in to the accounts that were kept. */
  readonly start: () => Promise<readonly Notice[]>;
  /** Signs out and lets go of everything. Nothing is forgotten. */
  readonly stop: () => Promise<void>;
};

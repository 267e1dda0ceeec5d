import type {
  CommandArguments,
  CommandResults,
  Outcome,
  Patch,
  SignInStage,
  Slices,
  TapiRow,
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
  readonly drop: (args: CommandArguments<'drop'>) => Promise<Outcome>;
  /** Signs in; when that works, replaces the account that is there and keeps this one for the next start. */
  readonly signIn: (args: CommandArguments<'signIn'>) => Promise<CommandResults['signIn']>;
  /** Signs in beside the account that is there and out again; keeps nothing. */
  readonly testSignIn: (
    args: CommandArguments<'testSignIn'>,
    reached: (stage: SignInStage) => void,
  ) => Promise<CommandResults['testSignIn']>;
  /** Signs out and forgets account and password. */
  readonly signOut: () => Promise<Outcome>;
  readonly tryDemo: () => Promise<Outcome>;
  readonly retry: () => Promise<Outcome>;
  readonly trace: TraceService;
  /** The steps of one call, in the order they happened. */
  readonly ladder: (call: number) => readonly TraceRow[];
  /** The TAPI messages of the calls of one line, oldest first. */
  readonly tapiFlow: (line: string) => readonly TapiRow[];
  /** Opens the way for TAPI programs and signs in to the account that was kept. */
  readonly start: () => Promise<readonly Notice[]>;
  /** Signs out and lets go of everything. Nothing is forgotten. */
  readonly stop: () => Promise<void>;
};

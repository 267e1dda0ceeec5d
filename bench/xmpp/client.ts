import type { SimulatedUser } from '../../simulator/simulator.ts';
import type { Rounds } from '../rounds.ts';
import type { Run } from '../runs.ts';

/** Where a client signs in, and as whom. */
export type Account = {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
  readonly user: SimulatedUser;
  /** Of the server's certificate; absent where nothing is encrypted. */
  readonly fingerprint?: string;
};

/** ms from nothing until the address is bound, and until the user information is there as well. */
export type SignInTime = { readonly bound: number; readonly greeted: number };

/** What every client can be told. */
export type Client = {
  /** Signs in and stays so: what takes the events. */
  readonly connect: (account: Account) => Promise<void>;
  /** So many events are going to come. */
  readonly expect: (events: number) => void;
  /** Resolves when the last of them has been dealt with. */
  readonly finished: () => Promise<Run>;
  /** Signs in anew and out again. */
  readonly signIn: (account: Account) => Promise<SignInTime>;
  /** Signs in, asks for the user's journal over and over, and signs out. @returns µs of each question */
  readonly questions: (account: Account, rounds: Omit<Rounds, 'pauseMs'>) => Promise<readonly number[]>;
};

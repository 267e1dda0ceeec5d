import { callStates } from './call-states.ts';
import { diagnosticsStates } from './diagnostics-states.ts';
import { signInStates } from './sign-in-states.ts';
import type { State } from './state.ts';

/** States of every page: each is checked for access, for overflow, and to be looked at. */
export const states: Readonly<Record<string, State>> = {
  ...callStates,
  ...signInStates,
  ...diagnosticsStates,
};

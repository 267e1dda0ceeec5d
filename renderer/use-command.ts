import { useCallback, useMemo, useRef, useState } from 'react';
import type { CommandArguments, CommandResults, Outcome, ProblemView } from '../contract/renderer-api.ts';
import { type Act, bridge } from './bridge.ts';
import { useText } from './text/text.ts';

/** What to say when main did not even take a command. */
export function useRefusal(): ProblemView {
  const t = useText();
  return useMemo(() => ({ what: t('refused.what'), why: t('refused.why'), todo: t('refused.todo') }), [t]);
}

/** How a command ended, or that main did not even take it. */
export type Ended<Result extends Outcome> = Result | { readonly ok: false; readonly problem: ProblemView };

export type Command<Name extends Act> = {
  /** Runs it and answers how it ended, unless it runs already. */
  readonly run: (args: CommandArguments<Name>) => Promise<Ended<CommandResults[Name]> | undefined>;
  readonly busy: boolean;
  /** Why the last run did not work. */
  readonly problem: ProblemView | undefined;
  readonly forget: () => void;
};

/** A command with its state: whether it runs, and what went wrong. */
export function useCommand<Name extends Act>(name: Name): Command<Name> {
  const refusal = useRefusal();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemView>();
  const run = useCallback(
    async (args: CommandArguments<Name>): Promise<Ended<CommandResults[Name]> | undefined> => {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setProblem(undefined);
      const outcome = await attempt(() => bridge.invoke(name, args), refusal);
      running.current = false;
      setBusy(false);
      if (!outcome.ok) setProblem(outcome.problem);
      return outcome;
    },
    [name, refusal],
  );
  const forget = useCallback(() => setProblem(undefined), []);
  return { run, busy, problem, forget };
}

/** The outcome of a command; a command that main did not take has `refusal` as its problem. */
export async function attempt<Result extends Outcome>(
  command: () => Promise<Result>,
  refusal: ProblemView,
): Promise<Ended<Result>> {
  try {
    return await command();
  } catch {
    return { ok: false, problem: refusal };
  }
}

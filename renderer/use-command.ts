import { useCallback, useMemo, useRef, useState } from 'react';
import type { CommandArguments, Outcome, ProblemView } from '../contract/renderer-api.ts';
import { type Act, bridge } from './bridge.ts';
import { useText } from './text/text.ts';

/** What to say when main did not even take a command. */
export function useRefusal(): ProblemView {
  const t = useText();
  return useMemo(() => ({ what: t('refused.what'), why: t('refused.why'), todo: t('refused.todo') }), [t]);
}

export type Command<Name extends Act> = {
  /** Runs it, unless it runs already. Answers whether it worked. */
  readonly run: (args: CommandArguments<Name>) => Promise<boolean>;
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
    async (args: CommandArguments<Name>): Promise<boolean> => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setProblem(undefined);
      const outcome = await attempt(() => bridge.invoke(name, args), refusal);
      running.current = false;
      setBusy(false);
      if (!outcome.ok) setProblem(outcome.problem);
      return outcome.ok;
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
): Promise<Result | { readonly ok: false; readonly problem: ProblemView }> {
  try {
    return await command();
  } catch {
    return { ok: false, problem: refusal };
  }
}

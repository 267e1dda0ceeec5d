import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemView, SignInOutcome } from '../../contract/renderer-api.ts';
import { bridge, tell } from '../bridge.ts';
import type { Ended } from '../use-command.ts';
import { noTest, stepEnded, testBegins, testEnded } from './test-progress.ts';

type Outcome = Ended<SignInOutcome>;

/** The connection test of this page: one at a time. What is told of an earlier one is of no interest any more. */
export function useConnectionTest() {
  const [progress, setProgress] = useState(noTest);
  /** Why there was no test to show steps of. */
  const [problem, setProblem] = useState<ProblemView>();
  const number = useRef(0);
  const running = useRef(false);
  /** Whether the test that runs came to a step. */
  const told = useRef(false);

  useEffect(
    () =>
      bridge.on('testStep', ({ test, step }) => {
        if (test !== number.current) return;
        told.current = true;
        setProgress((now) => stepEnded(now, step));
      }),
    [],
  );

  /** Forgets the test, and ends the one that runs. */
  const cancel = useCallback(() => {
    if (running.current) {
      tell('cancelTest', {});
      number.current += 1;
    }
    running.current = false;
    setProgress(noTest);
    setProblem(undefined);
  }, []);

  /** Runs a test. Answers how it ended, unless it was cancelled or another one began. */
  const run = useCallback(async (test: (number: number) => Promise<Outcome>) => {
    number.current += 1;
    const mine = number.current;
    running.current = true;
    told.current = false;
    setProblem(undefined);
    setProgress(testBegins);
    const outcome = await test(mine);
    if (mine !== number.current) return undefined;
    running.current = false;
    // The steps say what went wrong, if it came to any.
    const shown = outcome.ok || told.current;
    setProgress((now) => (shown ? testEnded(now, outcome.ok) : noTest));
    if (!outcome.ok && !shown) setProblem(outcome.problem);
    return outcome;
  }, []);

  return { progress, problem, run, cancel };
}

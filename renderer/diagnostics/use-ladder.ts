import { useEffect, useState } from 'react';
import type { TraceRow } from '../../contract/renderer-api.ts';
import { bridge } from '../bridge.ts';
import { rungs } from './ladder.ts';
import type { TraceFollower } from './trace-follower.ts';

const none: readonly TraceRow[] = [];

/** The steps of a call as they are known, and on as they happen. Nothing while they are asked for. */
export function useLadder(follower: TraceFollower, call: number): readonly TraceRow[] | undefined {
  const [steps, setSteps] = useState<{ readonly call: number; readonly rows: readonly TraceRow[] }>();
  useEffect(() => {
    if (call === 0) return;
    let stopped = false;
    const add = (rows: readonly TraceRow[]) => {
      if (stopped) return;
      setSteps((now) => ({ call, rows: rungs(now?.call === call ? now.rows : none, rows) }));
    };
    const stop = follower.onRows((rows) => {
      const own = rows.filter((row) => row.call === call);
      if (own.length > 0) add(own);
    });
    bridge.invoke('ladder', { call }).then(add, () => add(none));
    return () => {
      stopped = true;
      stop();
    };
  }, [follower, call]);
  return steps?.call === call ? steps.rows : undefined;
}

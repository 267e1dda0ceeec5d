import { useEffect, useState } from 'react';
import type { TapiRow } from '../../contract/renderer-api.ts';
import { bridge } from '../bridge.ts';
import type { TraceFollower } from './trace-follower.ts';

/** At most so often the flow is asked for again while messages pass, in ms. */
const REST_MS = 250;

/** The TAPI messages of a line: asked for once, and again after the trace told that one has passed. */
export function useTapiFlow(follower: TraceFollower, line: string | undefined): readonly TapiRow[] {
  const [flow, setFlow] = useState<{ readonly line: string; readonly rows: readonly TapiRow[] }>();
  useEffect(() => {
    if (line === undefined) return;
    let state: 'asking' | 'resting' | 'ready' | 'stopped' = 'ready';
    let stale = false;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      if (state === 'stopped') return;
      state = 'resting';
      rest = setTimeout(() => {
        state = 'ready';
        if (stale) ask();
      }, REST_MS);
    };
    const ask = () => {
      state = 'asking';
      stale = false;
      bridge
        .invoke('tapiFlow', { line })
        .then((rows) => state !== 'stopped' && setFlow({ line, rows }))
        .then(settle, settle);
    };
    ask();
    const stop = follower.onRows((rows) => {
      if (!rows.some(({ leg }) => leg === 'tapi')) return;
      stale = true;
      if (state === 'ready') ask();
    });
    return () => {
      state = 'stopped';
      clearTimeout(rest);
      stop();
    };
  }, [follower, line]);
  return flow?.line === line ? (flow?.rows ?? none) : none;
}

const none: readonly TapiRow[] = [];

import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * Hands the focus on when the element that has it, or has it inside, goes away: without that it falls to the page, and
 * whoever works by keyboard begins at the top again.
 */
export function useFocusHeir<E extends HTMLElement>(heir: () => HTMLElement | null): RefObject<E | null> {
  const ref = useRef<E>(null);
  const latest = useRef(heir);
  useLayoutEffect(() => {
    latest.current = heir;
  });
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      const next = latest.current;
      // Not before the element is gone: until then it would take part in what comes after it.
      queueMicrotask(() => next()?.focus());
    };
  }, []);
  return ref;
}

import { type RefObject, useEffect, useRef } from 'react';

/**
 * Scrolls an element into view each time `what` becomes something else: an answer below a long form has to be seen.
 * @param what what is to be seen; undefined: nothing is
 */
export function useInView<E extends HTMLElement>(what: unknown): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    if (what !== undefined) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [what]);
  return ref;
}

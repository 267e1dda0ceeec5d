import { useEffect, useLayoutEffect, useRef } from 'react';

/** Calls `pressed` for every key that nothing in the page has used up. It answers whether it used the key. */
export function useKey(pressed: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(pressed);
  useEffect(() => {
    latest.current = pressed;
  });
  // In place before the page is seen: no key of a quick hand is lost.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && !event.repeat && latest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

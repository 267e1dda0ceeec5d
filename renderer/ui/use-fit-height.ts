import { type RefObject, useEffect, useRef } from 'react';
import { tell } from '../bridge.ts';

const LOWEST = 40;
const HIGHEST = 900;

/** Keeps the window as high as the element: for windows without a frame. */
export function useFitHeight<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let told = 0;
    const observer = new ResizeObserver(() => {
      const height = Math.ceil(element.getBoundingClientRect().height);
      const fitting = Math.min(HIGHEST, Math.max(LOWEST, height));
      if (fitting === told) return;
      told = fitting;
      tell('fitHeight', { height: fitting });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return ref;
}

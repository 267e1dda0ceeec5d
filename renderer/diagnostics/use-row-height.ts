import { type RefObject, useCallback, useEffect, useRef } from 'react';

export type RowHeight = {
  /** The part of the list that shows rows. */
  readonly viewport: RefObject<HTMLTableSectionElement | null>;
  /** An empty element as high as a row. */
  readonly probe: RefObject<HTMLDivElement | null>;
  /** In CSS pixels. */
  readonly rowHeight: () => number;
};

/** Tells how many whole rows fit, whenever the window or the size of its text changes. */
export function useRowHeight(fits: (rows: number) => void): RowHeight {
  const viewport = useRef<HTMLTableSectionElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const latest = useRef(fits);
  useEffect(() => {
    latest.current = fits;
  });
  const rowHeight = useCallback(() => probe.current?.getBoundingClientRect().height || 1, []);
  useEffect(() => {
    const [area, unit] = [viewport.current, probe.current];
    if (!area || !unit) return;
    const observer = new ResizeObserver(() => latest.current(Math.floor(area.clientHeight / rowHeight())));
    observer.observe(area);
    observer.observe(unit);
    return () => observer.disconnect();
  }, [rowHeight]);
  return { viewport, probe, rowHeight };
}

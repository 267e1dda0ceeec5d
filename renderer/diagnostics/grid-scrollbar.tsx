import { type PointerEvent, useRef } from 'react';
import { useText } from '../text/text.ts';
import type { GridModel } from './grid-model.ts';

/** A thumb is never smaller than this part of its track, so that it can be taken. */
const SMALLEST = 0.06;

/** The scrollbar of a list: as long as the list is, at no cost. */
export function GridScrollbar({ model, controls }: { readonly model: GridModel; readonly controls: string }) {
  const t = useText();
  const grip = useRef(0);
  const { source, top, visible } = model;
  const count = source.end - source.start;
  const range = count - visible;
  if (range <= 0) return <div className="grid-scrollbar" />;

  const size = Math.max(SMALLEST, visible / count);
  const place = ((top - source.start) / range) * (1 - size);

  const fraction = (event: PointerEvent<HTMLDivElement>): number => {
    const { top: edge, height } = event.currentTarget.getBoundingClientRect();
    return (event.clientY - edge) / height;
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    model.scrollTo(source.start + ((fraction(event) - grip.current) / (1 - size)) * range);
  };
  return (
    <div
      className="grid-scrollbar"
      role="scrollbar"
      aria-label={t('trace.scrollbar')}
      aria-controls={controls}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={range}
      aria-valuenow={top - source.start}
      tabIndex={-1}
      onPointerDown={(event) => {
        const at = fraction(event);
        // Beside the thumb: the thumb comes under the pointer first.
        grip.current = at >= place && at <= place + size ? at - place : size / 2;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
      }}
    >
      <div className="grid-thumb" style={{ top: `${place * 100}%`, height: `${size * 100}%` }} />
    </div>
  );
}

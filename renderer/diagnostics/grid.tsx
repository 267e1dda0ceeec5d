import './grid.css';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useSyncExternalStore } from 'react';
import type { GridModel } from './grid-model.ts';
import { GridScrollbar } from './grid-scrollbar.tsx';
import { useRowHeight } from './use-row-height.ts';

/** What a row shows: the text of each column, and a class for its look. */
export type GridRow = { readonly cells: readonly string[]; readonly look?: string };

export type GridProps = {
  readonly model: GridModel;
  readonly label: string;
  /** Class that sets the widths of the columns. */
  readonly look: string;
  readonly columns: readonly string[];
  /** The row at an index of the model's source. */
  readonly row: (index: number) => GridRow | undefined;
  /** What stands there instead of rows. */
  readonly empty: string;
  readonly copy: () => void;
};

/**
 * A list of rows of one height, of which only those in sight exist. Its scrollbar is its own: a browser's ends where
 * an element can grow no higher. Rows are placed by their slot, so that following the end only changes texts.
 */
export function Grid({ model, label, look, columns, row, empty, copy }: GridProps) {
  const id = useId();
  useSyncExternalStore(model.subscribe, model.version);
  const { viewport, probe, rowHeight } = useRowHeight((rows) => model.resize(rows));
  const wheel = useRef(0);

  const { source, top, visible, active, selection } = model;
  const count = source.end - source.start;
  const shown = Math.min(visible + 1, source.end - top);
  const inSight = active !== undefined && active >= top && active < top + shown;

  const rowAt = (event: PointerEvent<HTMLElement>): number => {
    const { top: edge } = event.currentTarget.getBoundingClientRect();
    return top + Math.floor((event.clientY - edge) / rowHeight());
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const index = rowAt(event);
    if (index >= source.end) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    model.select(index, event.shiftKey);
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) model.select(rowAt(event), true);
  };
  const roll = (pixels: number) => {
    wheel.current += pixels / rowHeight();
    const rows = Math.trunc(wheel.current);
    wheel.current -= rows;
    if (rows !== 0) model.scrollBy(rows);
  };

  return (
    <div className={`grid ${look}`}>
      <div className="grid-probe" ref={probe} />
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table is what ARIA allows to be a grid.
        role="grid"
        id={id}
        className="grid-table"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        aria-activedescendant={inSight ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={(event) => {
          if (handleKey(event, model, copy)) event.preventDefault();
        }}
        onWheel={(event) => {
          if (!event.ctrlKey) roll(event.deltaY);
        }}
      >
        <thead>
          <tr className="grid-row grid-head" aria-rowindex={1}>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="grid-viewport" ref={viewport} onPointerDown={press} onPointerMove={drag}>
          {Array.from({ length: Math.max(0, shown) }, (_, slot) => {
            const index = top + slot;
            const { cells, look: rowLook } = row(index) ?? { cells: [] };
            const selected = selection !== undefined && index >= selection.from && index <= selection.to;
            return (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: the slot is what stays.
                key={slot}
                id={`${id}-${index}`}
                className={`grid-row ${rowLook ?? ''}${index === active ? ' grid-active' : ''}`}
                aria-rowindex={index - source.start + 2}
                aria-selected={selected}
              >
                {columns.map((column, place) => (
                  <td key={column}>{cells[place]}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {count === 0 && <p className="grid-empty">{empty}</p>}
      <GridScrollbar model={model} controls={id} />
    </div>
  );
}

/** The keys of a list. Answers whether the key was one. */
function handleKey(event: KeyboardEvent, model: GridModel, copy: () => void): boolean {
  const { key, shiftKey: extend } = event;
  const { start, end } = model.source;
  if (event.ctrlKey && key.toLowerCase() === 'a') model.selectAll();
  else if (event.ctrlKey && key.toLowerCase() === 'c') copy();
  else if (event.altKey || event.metaKey) return false;
  else if (key === 'ArrowDown') model.move(1, extend);
  else if (key === 'ArrowUp') model.move(-1, extend);
  else if (key === 'PageDown') model.move(model.visible - 1, extend);
  else if (key === 'PageUp') model.move(1 - model.visible, extend);
  else if (key === 'Home') model.select(start, extend);
  else if (key === 'End') model.select(end - 1, extend);
  else if (key === 'Escape' && model.active !== undefined) model.clear();
  else return false;
  return true;
}

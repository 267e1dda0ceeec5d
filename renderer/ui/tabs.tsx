import './tabs.css';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export type Tab<Name extends string> = { readonly name: Name; readonly title: string };

export type TabsProps<Name extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
  /** Beside the tabs. */
  readonly after?: ReactNode;
  /** The chosen tab's panel. */
  readonly children: ReactNode;
};

/** Views of one window. The arrow keys choose, as in the ARIA pattern for tabs. */
export function Tabs<Name extends string>({ label, tabs, chosen, choose, after, children }: TabsProps<Name>) {
  const list = useRef<HTMLDivElement>(null);
  const steer = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const place = (to + tabs.length) % tabs.length;
    const next = tabs[place];
    if (!next) return;
    choose(next.name);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[place]?.focus();
  };
  return (
    <>
      <div className="tabs-bar">
        <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={steer}>
          {tabs.map(({ name, title }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              className="tab"
              aria-selected={name === chosen}
              aria-controls={name === chosen ? `panel-${name}` : undefined}
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => choose(name)}
            >
              {title}
            </button>
          ))}
        </div>
        {after}
      </div>
      <div className="tab-panel" role="tabpanel" id={`panel-${chosen}`} aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}

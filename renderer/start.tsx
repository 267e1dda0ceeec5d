import './ui/base.css';
import { type ComponentType, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { bridge } from './bridge.ts';
import { mirror, useSlice } from './state.ts';
import type { PlainKey } from './text/catalogue.ts';
import { useText } from './text/text.ts';
import { ProblemNote } from './ui/note.tsx';
import { useRefusal } from './use-command.ts';

/** Shows a page as soon as the companion's state is there, with its title in the user's language. */
export function start(Page: ComponentType, title: PlainKey): void {
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no #root.');
  const root = createRoot(element);
  mirror(bridge).then(
    () => root.render(<Window Page={Page} title={title} />),
    () => root.render(<Refused />),
  );
}

function Window({ Page, title }: { readonly Page: ComponentType; readonly title: PlainKey }) {
  const language = useSlice('language');
  const t = useText();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = t(title);
  }, [language, t, title]);
  return (
    <StrictMode>
      <Page />
    </StrictMode>
  );
}

/** Main answered nothing: there is no state to show. */
function Refused() {
  return <ProblemNote problem={useRefusal()} />;
}

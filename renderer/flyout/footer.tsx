import { useEffect, useRef, useState } from 'react';
import type { AccountView } from '../../contract/renderer-api.ts';
import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconPulse, IconSignOut } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';

/** The ways out of the flyout: diagnostics, and signing out. */
export function Footer({ account }: { readonly account: AccountView | null }) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const signOut = useCommand('signOut');
  const exit = useRef<HTMLButtonElement>(null);
  const leave = () => {
    // A demo has no password to lose.
    if (account?.demo) void signOut.run({});
    else setAsking(true);
  };
  if (account && asking) {
    return (
      <Question
        confirm={() => {
          setAsking(false);
          void signOut.run({});
        }}
        cancel={() => {
          setAsking(false);
          requestAnimationFrame(() => exit.current?.focus());
        }}
      />
    );
  }
  return (
    <footer className="footer">
      {signOut.problem && <ProblemNote problem={signOut.problem} />}
      <div className="footer-row">
        <Button
          look="subtle"
          icon={<IconPulse />}
          onClick={() => tell('openWindow', { kind: 'diagnostics' })}
        >
          {t('flyout.diagnostics')}
        </Button>
        {account && (
          <Button look="subtle" icon={<IconSignOut />} ref={exit} off={signOut.busy} onClick={leave}>
            {account.demo ? t('flyout.endDemo') : t('flyout.signOut')}
          </Button>
        )}
      </div>
    </footer>
  );
}

/** Signing out cannot be undone: the password is gone. Esc keeps everything. */
function Question({ confirm, cancel }: { readonly confirm: () => void; readonly cancel: () => void }) {
  const t = useText();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <footer className="footer">
      {/* biome-ignore lint/a11y/useSemanticElements: nothing is filled in here, so it is no fieldset. */}
      <div
        role="group"
        aria-labelledby="question"
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          cancel();
        }}
      >
        <p id="question">{t('flyout.signOutQuestion')}</p>
        <div className="footer-row">
          <Button look="danger" onClick={confirm}>
            {t('flyout.signOut')}
          </Button>
          <Button ref={no} onClick={cancel}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </footer>
  );
}

import { type RefObject, useEffect, useRef } from 'react';
import type { AccountView } from '../../contract/renderer-api.ts';
import { accountName } from '../account/words.ts';
import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconAdd, IconPulse, IconSignOut } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import type { SigningOut } from './use-sign-out.ts';

export type FooterProps = {
  readonly accounts: readonly AccountView[];
  readonly signingOut: SigningOut;
};

/** The ways out of the flyout: diagnostics, another account, and signing out of the only one. */
export function Footer({ accounts, signingOut }: FooterProps) {
  const t = useText();
  const { asking, command } = signingOut;
  const [account] = accounts;
  const only = accounts.length === 1 ? account : undefined;
  if (asking) return <Question account={asking} alone={only !== undefined} signingOut={signingOut} />;
  return (
    <footer className="footer">
      {command.problem && <ProblemNote problem={command.problem} />}
      <div className="footer-row">
        <Button
          look="subtle"
          icon={<IconPulse />}
          onClick={() => tell('openWindow', { kind: 'diagnostics' })}
        >
          {t('flyout.diagnostics')}
        </Button>
        {account && (
          <Button
            look="subtle"
            icon={<IconAdd />}
            aria-label={only && t('flyout.signInOther')}
            title={t('flyout.signInOther')}
            onClick={() => tell('openWindow', { kind: 'signIn' })}
          >
            {only ? undefined : t('flyout.otherAccount')}
          </Button>
        )}
        {only && (
          <Button
            look="subtle"
            icon={<IconSignOut />}
            off={command.busy}
            onClick={() => signingOut.ask(only)}
          >
            {only.demo ? t('flyout.endDemo') : t('flyout.signOut')}
          </Button>
        )}
      </div>
    </footer>
  );
}

type QuestionProps = {
  readonly account: AccountView;
  readonly alone: boolean;
  readonly signingOut: SigningOut;
};

/** Signing out cannot be undone: the password is gone. Esc keeps everything. */
function Question({ account, alone, signingOut }: QuestionProps) {
  const t = useText();
  const no: RefObject<HTMLButtonElement | null> = useRef(null);
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
          signingOut.cancel();
        }}
      >
        <p id="question">
          {alone
            ? t('flyout.signOutQuestion')
            : t('flyout.signOutOfQuestion', { account: accountName(account, t) })}
        </p>
        <div className="footer-row">
          <Button look="danger" onClick={signingOut.confirm}>
            {t('flyout.signOut')}
          </Button>
          <Button ref={no} onClick={signingOut.cancel}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </footer>
  );
}

import { useEffect, useRef } from 'react';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconWarning } from '../ui/icons.tsx';

export type PlainTextQuestionProps = {
  /** Goes on without encryption. */
  readonly accept: () => void;
  /** Leaves everything as it is: first somebody is to be asked. */
  readonly leave: () => void;
  readonly busy: boolean;
};

/** The question whether to go on where an Asterisk takes no encrypted connection, with what that means. */
export function PlainTextQuestion({ accept, leave, busy }: PlainTextQuestionProps) {
  const t = useText();
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // It is what matters now: all of it is to be seen, and a screen reader is to read it from its beginning.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section className="certificate" aria-labelledby="plain-text" ref={section}>
      <h2 id="plain-text" ref={heading} tabIndex={-1}>
        {t('plainText.heading')}
      </h2>
      <p>{t('plainText.why')}</p>
      <p>{t('plainText.consequence')}</p>
      <div className="certificate-actions">
        <Button look="primary" onClick={leave}>
          {t('certificate.leave')}
        </Button>
        <Button off={busy} onClick={accept}>
          {t('plainText.accept')}
        </Button>
      </div>
    </section>
  );
}

/** Says as long as it holds that nothing is encrypted, with the way back. */
export function PlainTextNote({ encrypt }: { readonly encrypt: () => void }) {
  const t = useText();
  return (
    <div className="note note-warning" role="status">
      <IconWarning />
      <div className="note-text">
        <p>{t('plainText.note')}</p>
        <div className="note-actions">
          <Button onClick={encrypt}>{t('plainText.encrypt')}</Button>
        </div>
      </div>
    </div>
  );
}

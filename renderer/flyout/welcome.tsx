import { tell } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';

/** Without an account: what Tapline is, and two ways to begin. */
export function Welcome({ wanted }: { readonly wanted: string | undefined }) {
  const t = useText();
  const demo = useCommand('tryDemo');
  return (
    <div className="welcome">
      <h1>{t('welcome.title')}</h1>
      <p>{t('welcome.text')}</p>
      {wanted !== undefined && (
        <p className="welcome-wanted" role="status">
          {t('dial.signInFirst', { target: wanted })}
        </p>
      )}
      <div className="welcome-ways">
        <Button look="primary" onClick={() => tell('openWindow', { kind: 'signIn' })}>
          {t('welcome.signIn')}
        </Button>
        <Button off={demo.busy} aria-describedby="demo-text" onClick={() => void demo.run({})}>
          {t('welcome.demo')}
        </Button>
      </div>
      <p id="demo-text" className="caption">
        {t('welcome.demoText')}
      </p>
      {demo.problem && <ProblemNote problem={demo.problem} />}
    </div>
  );
}

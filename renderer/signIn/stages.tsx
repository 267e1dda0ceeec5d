import type { ReactNode } from 'react';
import type { SignInStage } from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { useText } from '../text/text.ts';
import { IconBusy, IconError, IconOnline, IconPending } from '../ui/icons.tsx';
import { type Progress, type StageState, stageState, stages } from './progress.ts';

const names: Readonly<Record<SignInStage, PlainKey>> = {
  resolve: 'signIn.stage.resolve',
  connect: 'signIn.stage.connect',
  tls: 'signIn.stage.tls',
  signIn: 'signIn.stage.signIn',
  bind: 'signIn.stage.bind',
  userInfo: 'signIn.stage.userInfo',
  online: 'signIn.stage.online',
};

const marks: Readonly<Record<StageState, { readonly icon: ReactNode; readonly text: PlainKey }>> = {
  done: { icon: <IconOnline />, text: 'signIn.stageDone' },
  now: { icon: <IconBusy />, text: 'signIn.stageNow' },
  failed: { icon: <IconError />, text: 'signIn.stageFailed' },
  pending: { icon: <IconPending />, text: 'signIn.stagePending' },
};

/** How far the test of a sign-in got, stage by stage. Nothing before the first test. */
export function Stages({ progress }: { readonly progress: Progress }) {
  const t = useText();
  if (progress.state === 'idle') return null;
  return (
    <section className="stages" aria-labelledby="stages">
      <h2 id="stages">{t('signIn.stages')}</h2>
      <ol>
        {stages.map((stage) => {
          const state = stageState(progress, stage);
          return (
            <li
              key={stage}
              className={`stage stage-${state}`}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              {marks[state].icon}
              <span>{t(names[stage])}</span>
              <span className="hidden-text">{t(marks[state].text)}</span>
            </li>
          );
        })}
      </ol>
      <p className="stages-end" role="status">
        {progress.state === 'testing' && t('signIn.testing')}
        {progress.state === 'passed' && t('signIn.tested')}
      </p>
    </section>
  );
}

import type { ReactNode } from 'react';
import {
  type AccountKind,
  type TestStepName,
  type TestStepView,
  testSteps,
} from '../../contract/renderer-api.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { type T, useText } from '../text/text.ts';
import { IconBusy, IconError, IconOnline, IconPending, IconWarning } from '../ui/icons.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { findings, type StepState, stepState, type TestProgress } from './test-progress.ts';

const names: Readonly<Record<TestStepName, PlainKey>> = {
  name: 'test.name',
  tcp: 'test.tcp',
  tls: 'test.tls',
  signIn: 'test.signIn',
  userInfo: 'test.userInfo',
  role: 'test.role',
  phone: 'test.phone',
};

const asteriskNames: Partial<Readonly<Record<TestStepName, PlainKey>>> = {
  userInfo: 'test.lines',
  role: 'test.rights',
};

/** What a step is called at a phone system. */
const nameOf = (step: TestStepName, kind: AccountKind): PlainKey =>
  (kind === 'asterisk' ? asteriskNames[step] : undefined) ?? names[step];

const marks: Readonly<Record<StepState, { readonly icon: ReactNode; readonly text: PlainKey }>> = {
  passed: { icon: <IconOnline />, text: 'test.passed' },
  warned: { icon: <IconWarning />, text: 'test.warned' },
  failed: { icon: <IconError />, text: 'test.failed' },
  skipped: { icon: <IconPending />, text: 'test.skipped' },
  now: { icon: <IconBusy />, text: 'test.now' },
  pending: { icon: <IconPending />, text: 'test.pending' },
};

export type TestStepsProps = {
  readonly kind: AccountKind;
  readonly progress: TestProgress;
  /** The question about the certificate says what the step that failed would. */
  readonly asksForCertificate: boolean;
};

/**
 * The steps of a connection test as they end, each in its place from the beginning: nothing moves while it runs. What
 * needs a person stands below them. Nothing before the first test.
 */
export function TestSteps({ kind, progress, asksForCertificate }: TestStepsProps) {
  const t = useText();
  // The question about a certificate brings itself into view.
  const section = useInView<HTMLElement>(
    progress.state === 'none' || asksForCertificate ? undefined : progress.state,
  );
  if (progress.state === 'none') return null;
  const found = findings(progress).filter(({ result }) => !(asksForCertificate && result === 'failed'));
  return (
    <section className="test" aria-labelledby="test" ref={section}>
      <h2 id="test">{t('test.heading')}</h2>
      <ol>
        {testSteps.map((step) => (
          <Step key={step} name={nameOf(step, kind)} step={step} progress={progress} />
        ))}
      </ol>
      <p className="test-end" role="status">
        {t(endKey(progress))}
      </p>
      {found.map((step) => (
        <Finding key={step.step} name={nameOf(step.step, kind)} step={step} />
      ))}
      <div className="hidden-text" role="log" aria-label={t('test.heading')}>
        {progress.steps.map((step) => (
          <p key={step.step}>{spoken(step, nameOf(step.step, kind), t)}</p>
        ))}
      </div>
    </section>
  );
}

function endKey({ state, steps }: TestProgress): PlainKey {
  if (state === 'running') return 'test.running';
  if (state === 'failed') return 'test.didFail';
  return steps.some(({ result }) => result === 'warned') ? 'test.didWarn' : 'test.didPass';
}

/** A step as a screen reader says it the moment it ends. What was skipped is not worth a word. */
function spoken({ result, what, todo }: TestStepView, name: PlainKey, t: T): string {
  if (result === 'skipped') return '';
  return `${t(name)}: ${t(marks[result].text)}. ${what} ${todo ?? ''}`.trim();
}

type StepProps = {
  readonly name: PlainKey;
  readonly step: TestStepName;
  readonly progress: TestProgress;
};

function Step({ name, step, progress }: StepProps) {
  const t = useText();
  const state = stepState(progress, step);
  const { icon, text } = marks[state];
  const ended = progress.steps.find((one) => one.step === step);
  const timed = ended && ended.result !== 'skipped';
  return (
    <li
      className={`test-step test-step-${state}`}
      aria-current={state === 'now' ? 'step' : undefined}
      title={ended?.what}
    >
      {icon}
      <span className="test-name">{t(name)}</span>
      <span className="hidden-text">{t(text)}</span>
      {timed && <span className="test-time caption">{t('test.took', { ms: ended.duration })}</span>}
    </li>
  );
}

type FindingProps = { readonly name: PlainKey; readonly step: TestStepView };

function Finding({ name, step: { result, what, todo } }: FindingProps) {
  const t = useText();
  const failed = result === 'failed';
  return (
    <div className={`note ${failed ? 'note-danger' : 'note-warning'} selectable`}>
      {failed ? <IconError /> : <IconWarning />}
      <div className="note-text">
        <p className="note-what">{t(name)}</p>
        <p>{what}</p>
        {todo !== undefined && <p>{todo}</p>}
      </div>
    </div>
  );
}

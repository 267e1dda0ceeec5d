import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemView } from '../../contract/renderer-api.ts';
import { bridge } from '../bridge.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconCopy, IconSave } from '../ui/icons.tsx';
import { attempt, useRefusal } from '../use-command.ts';
import { type Copyable, copyText } from './copy-text.ts';

export type Output = {
  readonly buttons: ReactNode;
  /** What the last copy or save came to. */
  readonly message: string;
  readonly problem: ProblemView | undefined;
  /** Says what Copy takes, while a view is shown. */
  readonly offer: (lines: (() => Copyable) | undefined) => void;
  readonly copy: () => void;
};

/** The ways out of diagnostics: Copy takes what the view offers, Save takes the whole trace. */
export function useOutput(): Output {
  const t = useText();
  const refusal = useRefusal();
  const offered = useRef<() => Copyable>(undefined);
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<ProblemView>();

  const offer = useCallback((lines: (() => Copyable) | undefined) => {
    offered.current = lines;
    setMessage('');
  }, []);
  const copy = useCallback(async () => {
    setProblem(undefined);
    const { text, count, cut } = copyText(offered.current?.() ?? { from: 0, to: 0, line: () => '' });
    if (count === 0) return setMessage(t('diagnostics.nothingToCopy'));
    const outcome = await attempt(() => bridge.invoke('copyText', { text }), refusal);
    if (!outcome.ok) setProblem(outcome.problem);
    else if (cut) setMessage(t('diagnostics.copiedLast', { count }));
    else setMessage(t('diagnostics.copied', { count }));
  }, [t, refusal]);
  const save = async () => {
    setProblem(undefined);
    setMessage('');
    const outcome = await attempt(() => bridge.invoke('saveTrace', {}), refusal);
    if (!outcome.ok) setProblem(outcome.problem);
    else if (!('cancelled' in outcome && outcome.cancelled)) setMessage(t('diagnostics.saved'));
  };

  const buttons = (
    <div className="diagnostics-output">
      <Button icon={<IconCopy />} onClick={() => void copy()}>
        {t('diagnostics.copy')}
      </Button>
      <Button icon={<IconSave />} onClick={() => void save()}>
        {t('diagnostics.save')}
      </Button>
    </div>
  );
  return { buttons, message, problem, offer, copy: () => void copy() };
}

/** Offers a view's lines to Copy while the view is there. */
export function useOffer({ offer }: Output, lines: () => Copyable): void {
  const latest = useRef(lines);
  useEffect(() => {
    latest.current = lines;
  });
  useEffect(() => {
    offer(() => latest.current());
    return () => offer(undefined);
  }, [offer]);
}

import './call.css';
import { type ReactNode, useEffect } from 'react';
import type { CallView, VerbView } from '../../contract/renderer-api.ts';
import { useText } from '../text/text.ts';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { IconCall, IconHangUp, IconHold, IconResume } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useFocusHeir } from '../ui/use-focus-heir.ts';
import { useKey } from '../ui/use-key.ts';
import { useCommand } from '../use-command.ts';
import { rings } from './words.ts';

type Look = {
  readonly look: NonNullable<ButtonProps['look']>;
  readonly icon: ReactNode;
  readonly key?: string;
};

const looks: Readonly<Record<VerbView, Look>> = {
  answer: { look: 'accept', icon: <IconCall />, key: 'F8' },
  hold: { look: 'plain', icon: <IconHold /> },
  unhold: { look: 'plain', icon: <IconResume /> },
  drop: { look: 'danger', icon: <IconHangUp />, key: 'F9' },
};

export type CallActionsProps = {
  readonly call: CallView;
  /** Id of what names the call to whom cannot see where a button stands. It gets the focus of a button that goes. */
  readonly describedBy: string;
  /** F8 and F9 act on this call, and the buttons say so. */
  readonly keys?: boolean;
};

/** Exactly the verbs of a call, as buttons; a refusal below them. */
export function CallActions({ call, describedBy, keys = false }: CallActionsProps) {
  const t = useText();
  const commands = {
    answer: useCommand('answer'),
    hold: useCommand('hold'),
    unhold: useCommand('unhold'),
    drop: useCommand('drop'),
  };
  const problem = Object.values(commands).find((command) => command.problem)?.problem;

  // What was refused in one state says nothing about the next.
  const { answer, hold, unhold, drop } = commands;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is what the refusal was about.
  useEffect(() => {
    for (const forget of [answer.forget, hold.forget, unhold.forget, drop.forget]) forget();
  }, [call.state, answer.forget, hold.forget, unhold.forget, drop.forget]);

  const run = (verb: VerbView) => {
    void commands[verb].run({ call: call.id });
  };
  useKey(({ key }) => {
    const verb = keys && call.verbs.find((each) => looks[each].key === key);
    if (!verb) return false;
    run(verb);
    return true;
  });

  if (call.verbs.length === 0 && !problem) return null;
  const words: Readonly<Record<VerbView, string>> = {
    answer: t('call.answer'),
    hold: t('call.hold'),
    unhold: t('call.unhold'),
    drop: rings(call) ? t('call.decline') : t('call.drop'),
  };
  return (
    <>
      <div className="call-actions">
        {call.verbs.map((verb) => (
          <VerbButton
            // Hold turns into Resume under the finger and keeps the focus.
            key={verb === 'unhold' ? 'hold' : verb}
            verb={verb}
            off={commands[verb].busy}
            describedBy={describedBy}
            keys={keys}
            act={() => run(verb)}
          >
            {words[verb]}
          </VerbButton>
        ))}
      </div>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

type VerbButtonProps = {
  readonly verb: VerbView;
  readonly off: boolean;
  readonly describedBy: string;
  readonly keys: boolean;
  readonly act: () => void;
  readonly children: ReactNode;
};

function VerbButton({ verb, off, describedBy, keys, act, children }: VerbButtonProps) {
  // To the call and not to the next button: a key pressed twice must not hang up what it has just answered.
  const ref = useFocusHeir<HTMLButtonElement>(() => document.getElementById(describedBy));
  const { look, icon, key } = looks[verb];
  return (
    <Button
      ref={ref}
      look={look}
      icon={icon}
      off={off}
      aria-describedby={describedBy}
      aria-keyshortcuts={keys ? key : undefined}
      onClick={({ detail }) => {
        // The second half of a double click is meant for nobody: another button may stand there by then.
        if (detail < 2) act();
      }}
    >
      {children}
      {keys && key && <kbd className="call-key" data-key={key} />}
    </Button>
  );
}

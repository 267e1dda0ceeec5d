import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { type AccountView, type LineView, MAX_TARGET } from '../../contract/renderer-api.ts';
import { accountName } from '../account/words.ts';
import { useSlice } from '../state.ts';
import type { PlainKey } from '../text/catalogue.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { IconCall } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useCommand } from '../use-command.ts';
import { DIAL_INPUT } from './dial-input.ts';

/** A number that a link or program wants to have dialled. `nth` tells the same number asked for again. */
export type DialRequest = { readonly target: string; readonly nth: number };

/** Dials a number on a line. A request only fills the box: dialling stays with the person. */
export function DialBox({ request }: { readonly request: DialRequest | undefined }) {
  const t = useText();
  const lines = useSlice('lines');
  const [target, setTarget] = useState('');
  const [chosen, setChosen] = useState('');
  const [requested, setRequested] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const dial = useCommand('dial');
  const { forget } = dial;

  useEffect(() => {
    if (request) {
      setTarget(request.target.slice(0, MAX_TARGET));
      setRequested(true);
      forget();
    }
    input.current?.focus();
    if (request) input.current?.select();
  }, [request, forget]);

  const able = lines.filter((line) => line.canDial && line.inService);
  const line = able.find(({ key }) => key === chosen) ?? able[0];
  const wanted = target.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!line || wanted === '') {
      input.current?.focus();
      return;
    }
    if ((await dial.run({ line: line.key, target: wanted }))?.ok) {
      setTarget('');
      setRequested(false);
    }
  };

  return (
    <form className="dial" onSubmit={(event) => void submit(event)}>
      {lines.length > 1 && line && <LineChoice lines={able} chosen={line.key} choose={setChosen} />}
      <div className="dial-row">
        <Field
          label={t('dial.label')}
          placeholder={t('dial.placeholder')}
          type="tel"
          name={DIAL_INPUT}
          ref={input}
          value={target}
          maxLength={MAX_TARGET}
          hint={requested ? t('dial.requested') : undefined}
          onChange={(event) => {
            setTarget(event.target.value);
            setRequested(false);
            forget();
          }}
        />
        <Button
          submit
          look="primary"
          icon={<IconCall />}
          off={!line || wanted === '' || dial.busy}
          aria-describedby={line ? undefined : hintId}
        >
          {t('dial.dial')}
        </Button>
      </div>
      {!line && (
        <p id={hintId} className="caption">
          {t(whyNot(lines))}
        </p>
      )}
      {dial.problem && <ProblemNote problem={dial.problem} />}
    </form>
  );
}

/** Why no line can dial. One in service that cannot will not be able to later, either. */
function whyNot(lines: readonly LineView[]): PlainKey {
  if (lines.length === 0) return 'dial.notConnected';
  return lines.some(({ inService }) => inService) ? 'dial.notAllowed' : 'dial.notNow';
}

type LineChoiceProps = {
  readonly lines: readonly LineView[];
  readonly chosen: string;
  readonly choose: (key: string) => void;
};

/** The lines that can dial; of several accounts, each with its account. */
function LineChoice({ lines, chosen, choose }: LineChoiceProps) {
  const t = useText();
  const accounts = useSlice('accounts');
  const options = (some: readonly LineView[]) =>
    some.map((line) => (
      <option key={line.key} value={line.key}>
        {line.name}
      </option>
    ));
  const group = (account: AccountView) => {
    const own = lines.filter((line) => line.account === account.key);
    if (own.length === 0) return null;
    return (
      <optgroup key={account.key} label={accountName(account, t)}>
        {options(own)}
      </optgroup>
    );
  };
  return (
    <Select label={t('dial.line')} value={chosen} onChange={(event) => choose(event.target.value)}>
      {accounts.length > 1 ? accounts.map(group) : options(lines)}
    </Select>
  );
}

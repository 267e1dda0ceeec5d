import { useId } from 'react';
import type { CallView } from '../../contract/renderer-api.ts';
import { CallActions } from '../call/call-actions.tsx';
import { CallDuration } from '../call/call-duration.tsx';
import { lives, otherEnd, partyWords, rings, stateWords } from '../call/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { IconHangUp, IconIncoming, IconOutgoing } from '../ui/icons.tsx';

export type PopupCallProps = {
  readonly call: CallView;
  /** F8 and F9 act on this call. */
  readonly keys: boolean;
  /** Told when the focus comes to this call, and when it goes. */
  readonly focus: (on: boolean) => void;
};

/** One call in the popup: who calls whom, and its buttons. */
export function PopupCall({ call, keys, focus }: PopupCallProps) {
  const t = useText();
  const id = useId();
  const line = useSlice('lines').find(({ key }) => key === call.line);
  const { name, number } = partyWords(otherEnd(call), t);
  const called = partyWords(call.called, t);
  const ring = rings(call);
  // Said only where it is news: not for the line's own extension.
  const forOther =
    call.direction === 'inbound' && call.called.number !== '' && call.called.number !== line?.extension;
  return (
    <section
      className={lives(call) ? 'popup-call' : 'popup-call popup-over'}
      aria-labelledby={id}
      onFocus={() => focus(true)}
      onBlur={() => focus(false)}
    >
      <header className="popup-head caption">
        <span className={ring ? 'popup-sign popup-rings' : 'popup-sign'}>
          <Sign call={call} />
        </span>
        <span role="status">{stateWords(call.state, t)}</span>
        <CallDuration call={call} />
        {line && (
          <span className="popup-line" title={line.name}>
            {t('popup.line', { line: line.name })}
          </span>
        )}
      </header>
      <div className="popup-who selectable">
        <h1 id={id} tabIndex={-1}>
          {name}
        </h1>
        <p>
          {number}
          {number !== '' && forOther && ' '}
          {forOther && <span className="popup-for">{t('popup.for', { called: called.name })}</span>}
        </p>
      </div>
      <CallActions call={call} describedBy={id} keys={keys} />
    </section>
  );
}

function Sign({ call }: { readonly call: CallView }) {
  if (!lives(call)) return <IconHangUp />;
  return call.direction === 'inbound' ? <IconIncoming /> : <IconOutgoing />;
}

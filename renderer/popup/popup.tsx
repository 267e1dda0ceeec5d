import './popup.css';
import { useState } from 'react';
import { tell } from '../bridge.ts';
import { partyWords, rings } from '../call/words.ts';
import { useSlice } from '../state.ts';
import { useText } from '../text/text.ts';
import { useFitHeight } from '../ui/use-fit-height.ts';
import { useKey } from '../ui/use-key.ts';
import { PopupCall } from './popup-call.tsx';

/**
 * The window that comes up when somebody calls. It is shown without the focus and never takes it. Calls keep their
 * places while they last, so that no button moves away under the pointer.
 */
export function Popup() {
  const t = useText();
  const calls = useSlice('calls').filter((call) => call.state !== 'idle');
  const ringing = calls.filter(rings);
  const [focused, setFocused] = useState(0);
  const forKeys = calls.find(({ id }) => id === focused) ?? ringing[0] ?? calls[0];
  useKey(({ key }) => {
    if (key !== 'Escape' || ringing.length > 0) return false;
    tell('closeWindow', {});
    return true;
  });
  const page = useFitHeight<HTMLElement>();
  return (
    <main className="popup" ref={page}>
      <p className="hidden-text" role="alert">
        {ringing.map((call) => t('popup.announce', { caller: partyWords(call.caller, t).name })).join(' ')}
      </p>
      {calls.length === 0 && <h1 className="popup-none caption">{t('popup.none')}</h1>}
      {calls.map((call) => (
        <PopupCall
          key={call.id}
          call={call}
          keys={call === forKeys}
          focus={(on) => setFocused(on ? call.id : 0)}
        />
      ))}
    </main>
  );
}

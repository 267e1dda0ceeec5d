import { useId } from 'react';
import type { CallView } from '../../contract/renderer-api.ts';
import { CallActions } from '../call/call-actions.tsx';
import { CallDuration } from '../call/call-duration.tsx';
import { otherEnd, partyWords, stateWords } from '../call/words.ts';
import { useText } from '../text/text.ts';
import { IconIncoming, IconOutgoing } from '../ui/icons.tsx';
import { useFocusHeir } from '../ui/use-focus-heir.ts';
import { dialInput } from './dial-input.ts';

/** One call of now: who, how it stands, for how long, and what can be done. */
export function ActiveCall({ call, over }: { readonly call: CallView; readonly over: boolean }) {
  const t = useText();
  const id = useId();
  const item = useFocusHeir<HTMLLIElement>(dialInput);
  const { name, number } = partyWords(otherEnd(call), t);
  const inbound = call.direction === 'inbound';
  return (
    <li ref={item} className={over ? 'item item-over' : 'item'} aria-labelledby={id}>
      <div className="item-row">
        <span className="item-icon" title={inbound ? t('call.inbound') : t('call.outbound')}>
          {inbound ? <IconIncoming /> : <IconOutgoing />}
          <span className="hidden-text">{inbound ? t('call.inbound') : t('call.outbound')}</span>
        </span>
        <div className="item-text selectable">
          <p id={id} className="item-name" tabIndex={-1}>
            {name}
          </p>
          {number !== '' && <p className="caption">{number}</p>}
        </div>
        <div className="item-state">
          <p role="status">{stateWords(call.state, t)}</p>
          <CallDuration call={call} />
        </div>
      </div>
      <CallActions call={call} describedBy={id} />
    </li>
  );
}

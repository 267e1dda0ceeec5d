import { useId } from 'react';
import type { OfferView } from '../../contract/renderer-api.ts';
import { partyWords } from '../call/words.ts';
import { useText } from '../text/text.ts';
import { Button } from '../ui/button.tsx';
import { IconPickup } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/note.tsx';
import { useFocusHeir } from '../ui/use-focus-heir.ts';
import { useCommand } from '../use-command.ts';
import { dialInput } from './dial-input.ts';

/** A colleague's ringing phone, with the way to take the call over. */
export function Offer({ offer }: { readonly offer: OfferView }) {
  const t = useText();
  const id = useId();
  const item = useFocusHeir<HTMLLIElement>(dialInput);
  const pickup = useCommand('pickup');
  const caller = partyWords(offer.caller, t);
  const target = [offer.targetName, offer.target && `(${offer.target})`].filter(Boolean).join(' ');
  return (
    <li ref={item} className="item" aria-labelledby={id}>
      <div className="item-row">
        <div className="item-text selectable" id={id}>
          <p className="item-name">{caller.name}</p>
          <p className="caption">
            {caller.number !== '' && `${caller.number} `}
            {t('flyout.offerFor', { target })}
          </p>
        </div>
        <Button
          icon={<IconPickup />}
          off={pickup.busy}
          aria-describedby={id}
          onClick={() => void pickup.run({ line: offer.line, target: offer.target })}
        >
          {t('flyout.pickup')}
        </Button>
      </div>
      {pickup.problem && <ProblemNote problem={pickup.problem} />}
    </li>
  );
}

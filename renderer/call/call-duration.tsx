import type { CallView } from '../../contract/renderer-api.ts';
import { clockDuration } from '../text/format.ts';
import { useText } from '../text/text.ts';
import { useNow } from '../ui/use-now.ts';

/** How long people have been talking: runs while the call is connected, and is nothing otherwise. */
export function CallDuration({ call }: { readonly call: CallView }) {
  return call.state === 'connected' ? <RunningDuration since={call.since} /> : null;
}

// `timer` is a live region that is off by default: nobody wants to hear every second.
function RunningDuration({ since }: { readonly since: number }) {
  const t = useText();
  const now = useNow();
  return (
    <span className="call-duration" role="timer" aria-label={t('call.duration')}>
      {clockDuration(now - since)}
    </span>
  );
}

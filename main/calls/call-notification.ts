import { Notification } from 'electron';
import type { CallView, VerbView } from '../../contract/renderer-api.ts';
import type { Texts } from '../text/texts.ts';
import { partyText } from './party-text.ts';

export type CallNotificationPorts = {
  readonly texts: Texts;
  readonly lineName: (key: string) => string;
  readonly act: (verb: VerbView, call: number) => void;
  /** The notification itself was clicked. */
  readonly open: () => void;
};

/** Tells a ringing call by a notification of the system, with its verbs as buttons. Returns the way to take it back. */
export function notifyCall(
  call: CallView,
  { texts, lineName, act, open }: CallNotificationPorts,
): () => void {
  const { notification: words } = texts;
  const verbs = call.verbs.filter((verb) => verb === 'answer' || verb === 'drop');
  const shown = new Notification({
    title: words.callFrom(partyText(call.caller, texts)),
    body: words.callTo(lineName(call.line)),
    actions: verbs.map((verb) => ({ type: 'button', text: words[verb] })),
    urgency: 'critical',
    timeoutType: 'never',
  });
  shown.on('click', open);
  shown.on('action', ({ actionIndex }) => {
    const verb = verbs[actionIndex];
    if (verb) act(verb, call.id);
  });
  shown.show();
  return () => shown.close();
}

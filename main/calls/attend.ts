import { app } from 'electron';
import type { CallView } from '../../contract/renderer-api.ts';
import type { CompanionService } from '../companion/service.ts';
import type { Texts } from '../text/texts.ts';
import type { Windows } from '../windows/windows.ts';
import { notifyCall } from './call-notification.ts';
import { Ringing } from './ringing.ts';

export type AttendPorts = {
  readonly service: CompanionService;
  readonly windows: Windows;
  readonly texts: Texts;
};

/** Draws attention to calls, by popup and notification. Returns what is to be called with the calls as they change. */
export function attendCalls({ service, windows, texts }: AttendPorts): (calls: readonly CallView[]) => void {
  const lineName = (key: string) => service.slices().lines.find((line) => line.key === key)?.name ?? '';
  const ringing = new Ringing({
    showPopup: () => windows.show('popup'),
    hidePopup: () => windows.hide('popup'),
    notifyToo: () => app.accessibilitySupportEnabled,
    notify: (call) =>
      notifyCall(call, {
        texts,
        lineName,
        act: (verb, id) => void service[verb]({ call: id }),
        open: () => void windows.show('flyout'),
      }),
  });
  return (calls) => ringing.update(calls);
}

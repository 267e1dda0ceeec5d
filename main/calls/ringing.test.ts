import { beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../../contract/renderer-api.ts';
import { callView } from '../testing/samples.ts';
import { Ringing } from './ringing.ts';

let log: string[];
let canShow: Promise<boolean>;
let screenReader: boolean;
let ringing: Ringing;

beforeEach(() => {
  log = [];
  canShow = Promise.resolve(true);
  screenReader = false;
  ringing = new Ringing({
    showPopup: () => {
      log.push('show');
      return canShow;
    },
    hidePopup: () => void log.push('hide'),
    notify: ({ id }) => {
      log.push(`notify ${id}`);
      return () => void log.push(`take back ${id}`);
    },
    notifyToo: () => screenReader,
  });
});

async function now(...calls: CallView[]): Promise<string[]> {
  ringing.update(calls);
  await new Promise((resolve) => setImmediate(resolve));
  return log.splice(0);
}

const connected = callView({ state: 'connected' });

describe('a call that rings', () => {
  it('shows the popup until it is answered, once', async () => {
    expect(await now(callView())).toEqual(['show']);
    expect(await now(callView({ state: 'accepted' }))).toEqual([]);
    expect(await now(connected)).toEqual(['hide']);
    expect(await now()).toEqual([]);
  });

  it('keeps the popup while another one rings, and shows it again for a new one', async () => {
    await now(callView());
    expect(await now(callView(), callView({ id: 8 }))).toEqual(['show']);
    expect(await now(connected, callView({ id: 8 }))).toEqual([]);
    expect(await now(connected)).toEqual(['hide']);
  });

  it('that the user makes shows nothing', async () => {
    expect(await now(callView({ direction: 'outbound', state: 'ringback' }))).toEqual([]);
    expect(await now(callView({ direction: 'outbound', state: 'connected' }))).toEqual([]);
  });

  it('is a notification where the popup cannot be shown, taken back when it is over', async () => {
    canShow = Promise.resolve(false);
    expect(await now(callView())).toEqual(['show', 'notify 7']);
    expect(await now()).toEqual(['take back 7', 'hide']);
  });

  it('is both for somebody with a screen reader, and one notification only', async () => {
    screenReader = true;
    canShow = Promise.resolve(false);
    expect(await now(callView())).toEqual(['notify 7', 'show']);
  });

  it('and stops while the popup is being made leaves neither popup nor notification', async () => {
    const shown = Promise.withResolvers<boolean>();
    canShow = shown.promise;
    expect(await now(callView())).toEqual(['show']);
    expect(await now()).toEqual(['hide']);
    shown.resolve(true);
    expect(await now()).toEqual(['hide']);

    const failed = Promise.withResolvers<boolean>();
    canShow = failed.promise;
    await now(callView({ id: 9 }));
    await now();
    failed.resolve(false);
    expect(await now()).toEqual([]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { watchNetwork } from './network-changes.ts';
import { type AddressCalls, watchAddresses } from './windows-network-changes.ts';

let log: string[];
/** Sets the event. */
let change: () => void;

beforeEach(() => {
  log = [];
  change = () => undefined;
});

const listener = {
  changed: () => void log.push('changed'),
  failed: (detail: string) => void log.push(detail),
};

/** Windows, as it answers the calls: each question gets the next of these codes, the last one for ever. */
function windows(...codes: number[]): AddressCalls {
  return {
    event: 1,
    askForNext: () => {
      log.push('asked');
      return (codes.length > 1 ? codes.shift() : codes[0]) ?? 0;
    },
    wait: (act) => {
      change = act;
      return true;
    },
    end: () => void log.push('ended'),
  };
}

describe('the network’s changes', () => {
  it('are told each time; Windows is asked for the next before', () => {
    watchAddresses(windows(997), listener);
    expect(log.splice(0)).toEqual(['asked']);
    change();
    change();
    expect(log).toEqual(['asked', 'changed', 'asked', 'changed']);
  });

  it('are not told once the watch is closed, not even one that was under way', () => {
    const watch = watchAddresses(windows(997), listener);
    watch.close();
    watch.close();
    change();
    expect(log).toEqual(['asked', 'ended']);
  });

  it('that Windows does not tell are complained of once', () => {
    watchAddresses(windows(50), listener);
    change();
    expect(log).toEqual(['asked', 'ended', 'NotifyAddrChange failed (Windows error 50)']);
  });

  it('that Windows tells no more: the last one still counts', () => {
    watchAddresses(windows(997, 50), listener);
    log.length = 0;
    change();
    change();
    expect(log).toEqual(['asked', 'ended', 'NotifyAddrChange failed (Windows error 50)', 'changed']);
  });

  it('cannot be waited for: that is complained of, and nothing is asked', () => {
    watchAddresses({ ...windows(997), wait: () => false }, listener);
    expect(log).toEqual(['RegisterWaitForSingleObject failed']);
  });

  it('are not watched on other systems', async () => {
    const watch = await watchNetwork('linux', listener);
    watch.close();
    expect(log).toEqual([]);
  });

  it('are complained of where Windows’ libraries are missing', async () => {
    await watchNetwork('win32', listener);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('changes of the network are not noticed');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { DialRequests, KEPT_MS } from './dial-requests.ts';

let log: string[];
let signedIn: boolean;
let seen: boolean;
let now: number;
let requests: DialRequests;

beforeEach(() => {
  log = [];
  signedIn = false;
  seen = true;
  now = 0;
  requests = new DialRequests({
    now: () => now,
    signedIn: () => signedIn,
    show: async () => {
      log.push('show');
      return seen;
    },
    tell: (target) => void log.push(target),
  });
});

describe('a number to be dialled', () => {
  it('is shown in the flyout', async () => {
    signedIn = true;
    await requests.ask('341');
    expect(log).toEqual(['show', '341']);
    requests.pageCame();
    await requests.accountsChanged();
    expect(log, 'once').toEqual(['show', '341']);
  });

  it('is not told where the flyout cannot be shown, and a start without one shows the flyout', async () => {
    signedIn = true;
    seen = false;
    await requests.ask('341');
    await requests.ask(undefined);
    expect(log).toEqual(['show', 'show']);
  });

  it('waits while somebody signs in, whenever the flyout opens meanwhile, and then comes up', async () => {
    await requests.ask('341');
    requests.pageCame();
    await requests.accountsChanged();
    expect(log).toEqual(['show', '341', '341']);
    signedIn = true;
    await requests.accountsChanged();
    expect(log.slice(3)).toEqual(['show', '341']);
    await requests.accountsChanged();
    requests.pageCame();
    expect(log).toHaveLength(5);
  });

  it('gives way to a later one, and not to a start without one', async () => {
    await requests.ask('341');
    await requests.ask('342');
    await requests.ask(undefined);
    signedIn = true;
    await requests.accountsChanged();
    expect(log.at(-1)).toBe('342');
  });

  it('is forgotten when nobody signs in for long', async () => {
    await requests.ask('341');
    now = KEPT_MS;
    requests.pageCame();
    signedIn = true;
    await requests.accountsChanged();
    expect(log).toEqual(['show', '341']);
  });
});

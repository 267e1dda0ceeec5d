import { describe, expect, it } from 'vitest';
import type { CallView } from '../../contract/renderer-api.ts';
import { account, callView, lineView, slices } from '../testing/samples.ts';
import { textsOf } from '../text/texts.ts';
import { trayMenu } from './menu.ts';
import { trayLook } from './state.ts';

const en = textsOf('en');
const de = textsOf('de');
const connected = callView({ state: 'connected', verbs: ['drop'] });

describe('the tray icon', () => {
  it.each([
    ['idle', {}, 'Tapline – Anna Müller (340): ready'],
    ['offline', { accounts: [], lines: [] }, 'Tapline: not signed in'],
    [
      'offline',
      { accounts: [{ ...account, state: 'waiting' }] },
      'Tapline – Anna Müller (340): no connection to the phone system',
    ],
    ['offline', { accounts: [{ ...account, state: 'connecting' }], lines: [] }, 'Tapline: signing in'],
    [
      'attention',
      { accounts: [{ ...account, state: 'failed' }], lines: [] },
      'Tapline: the sign-in needs you',
    ],
    [
      'ringing',
      { calls: [connected, callView({ id: 8 })] },
      'Tapline – Anna Müller (340): ringing: Zoë Zimmer',
    ],
    ['inCall', { calls: [connected] }, 'Tapline – Anna Müller (340): in a call: Zoë Zimmer'],
    ['idle', { calls: [callView({ state: 'disconnected' })] }, 'Tapline – Anna Müller (340): ready'],
  ] as const)('is %s', (state, change, tooltip) => {
    expect(trayLook(slices(change), en)).toEqual({ state, tooltip });
  });

  it.each([
    ['attention', ['online', 'failed', 'waiting'], 'Tapline – eva, two.example.com: the sign-in needs you'],
    [
      'offline',
      ['online', 'connecting', 'waiting'],
      'Tapline – ida, three.example.com: no connection to the phone system',
    ],
    ['offline', ['online', 'connecting', 'online'], 'Tapline – eva, two.example.com: signing in'],
    ['idle', ['online', 'online', 'online'], 'Tapline: ready'],
  ] as const)('is %s where accounts are %j: the worst one is named', (state, [one, two, three], tooltip) => {
    const accounts = [
      { ...account, state: one },
      { ...account, key: 'two', user: 'eva', server: 'two.example.com', state: two },
      { ...account, key: 'three', user: 'ida', server: 'three.example.com', state: three },
    ];
    expect(trayLook(slices({ accounts }), en)).toEqual({ state, tooltip });
  });

  it('names the line that rings, whichever it is', () => {
    const other = { ...lineView, key: 'acme/ben', name: 'Ben Olsen (341)' };
    const calls = [callView({ line: other.key })];
    expect(trayLook(slices({ lines: [lineView, other], calls }), en).tooltip).toBe(
      'Tapline – Ben Olsen (341): ringing: Zoë Zimmer',
    );
  });

  it('speaks German, and names the other end of a call that the user made', () => {
    const calls = [
      callView({
        direction: 'outbound',
        state: 'ringback',
        called: { number: '341', name: '', withheld: false },
      }),
    ];
    expect(trayLook(slices({ calls }), de).tooltip).toBe('Tapline – Anna Müller (340): im Gespräch: 341');
  });

  it('never says more than Windows shows', () => {
    const name = 'x'.repeat(300);
    const calls = [callView({ caller: { number: '', name, withheld: false } })];
    const { tooltip } = trayLook(slices({ lines: [{ ...lineView, name }], calls }), en);
    expect(tooltip).toHaveLength(127);
  });
});

describe('the tray menu', () => {
  const labels = (...args: Parameters<typeof trayMenu>) =>
    trayMenu(...args).map((entry) => (entry === 'separator' ? '-' : entry.label));

  it('offers what is possible, and nothing else', () => {
    expect(labels(slices(), en)).toEqual([
      'Dial…',
      'Diagnostics',
      '-',
      'Sign in to another account…',
      'Sign out',
      'Quit',
    ]);
    expect(labels(slices({ accounts: [], lines: [] }), de)).toEqual([
      'Diagnose',
      '-',
      'Anmelden …',
      'Beenden',
    ]);
    expect(labels(slices({ lines: [{ ...lineView, inService: false }] }), en)).not.toContain('Dial…');
  });

  it('signs out of each of several accounts, and names it', () => {
    const accounts = [account, { ...account, key: 'two', user: 'eva', server: 'two.example.com' }];
    const menu = trayMenu(slices({ accounts }), en);
    expect(menu.slice(3, 6)).toEqual([
      { label: 'Sign in to another account…', action: { do: 'signIn' } },
      { label: 'Sign out: anna, pbx.example.com', action: { do: 'signOut', account: 'acme' } },
      { label: 'Sign out: eva, two.example.com', action: { do: 'signOut', account: 'two' } },
    ]);
  });

  it('offers to sign in instead of the demo', () => {
    expect(labels(slices({ accounts: [{ ...account, demo: true }] }), en)).toContain('Sign in…');
  });

  it('has every call with exactly its verbs, and each names its call', () => {
    const held: CallView = { ...connected, id: 9, state: 'onHold', verbs: ['unhold', 'drop'] };
    const talking: CallView = { ...connected, id: 8, verbs: ['hold', 'drop'] };
    const menu = trayMenu(slices({ calls: [callView(), talking, held] }), en);
    expect(menu.slice(0, 7)).toEqual([
      { label: 'Answer: Zoë Zimmer', action: { do: 'call', verb: 'answer', call: 7 } },
      { label: 'Hang up: Zoë Zimmer', action: { do: 'call', verb: 'drop', call: 7 } },
      { label: 'Hold: Zoë Zimmer', action: { do: 'call', verb: 'hold', call: 8 } },
      { label: 'Hang up: Zoë Zimmer', action: { do: 'call', verb: 'drop', call: 8 } },
      { label: 'Resume: Zoë Zimmer', action: { do: 'call', verb: 'unhold', call: 9 } },
      { label: 'Hang up: Zoë Zimmer', action: { do: 'call', verb: 'drop', call: 9 } },
      'separator',
    ]);
  });

  it('shows a strange name as it is written', () => {
    const calls = [
      callView({ verbs: ['drop'], caller: { number: '', name: 'Müller & Co\nTel', withheld: false } }),
    ];
    expect(labels(slices({ calls }), en)[0]).toBe('Hang up: Müller && Co Tel');
    const hidden = [callView({ verbs: ['drop'], caller: { number: '', name: '', withheld: true } })];
    expect(labels(slices({ calls: hidden }), en)[0]).toBe('Hang up: number withheld');
  });
});

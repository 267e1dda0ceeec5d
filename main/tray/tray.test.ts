import { describe, expect, it } from 'vitest';
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
    ['offline', { account: null, lines: [] }, 'Tapline: not signed in'],
    [
      'offline',
      { account: { ...account, state: 'waiting' } },
      'Tapline – Anna Müller (340): no connection to the phone system',
    ],
    ['offline', { account: { ...account, state: 'connecting' }, lines: [] }, 'Tapline: signing in'],
    ['attention', { account: { ...account, state: 'failed' }, lines: [] }, 'Tapline: the sign-in needs you'],
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
    expect(labels(slices(), en)).toEqual(['Dial…', 'Diagnostics', '-', 'Sign out', 'Quit']);
    expect(labels(slices({ account: null, lines: [] }), de)).toEqual([
      'Diagnose',
      '-',
      'Anmelden …',
      'Beenden',
    ]);
    expect(labels(slices({ lines: [{ ...lineView, inService: false }] }), en)).not.toContain('Dial…');
  });

  it('has every call with exactly its verbs, and each names its call', () => {
    const menu = trayMenu(slices({ calls: [callView(), { ...connected, id: 8 }] }), en);
    expect(menu.slice(0, 4)).toEqual([
      { label: 'Answer: Zoë Zimmer', action: { do: 'call', verb: 'answer', call: 7 } },
      { label: 'Hang up: Zoë Zimmer', action: { do: 'call', verb: 'drop', call: 7 } },
      { label: 'Hang up: Zoë Zimmer', action: { do: 'call', verb: 'drop', call: 8 } },
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

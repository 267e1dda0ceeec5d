import { describe, expect, it } from 'vitest';
import { renderLadder, rungs } from './ladder.ts';
import { checkLadder } from './ladder-check.ts';
import type { Leg, TraceEntry } from './trace.ts';

let sequence = 0;

function step(
  at: number,
  leg: Leg,
  direction: TraceEntry['direction'],
  label: string,
  call = 17,
): TraceEntry {
  sequence += 1;
  return { sequence, at, leg, direction, label, detail: '', call };
}

const ringing = [
  step(1_000, 'pbx', 'in', 'base.ChannelEvent ringing'),
  step(1_000.26, 'core', 'note', 'OFFERING active'),
  step(1_000.5, 'link', 'out', 'call OFFERING'),
  step(1_002, 'tapi', 'out', 'LINE_NEWCALL'),
  step(1_002.04, 'tapi', 'out', 'LINE_CALLSTATE OFFERING'),
  step(2_500, 'tapi', 'in', 'TSPI_line command'),
  step(2_501, 'link', 'in', 'answer'),
  step(2_502, 'pbx', 'out', 'phone.Offhook of the device that is called Büro'),
];

describe('a ladder', () => {
  it('shows every step in its leg’s column; what goes to the program points right', () => {
    const [titles = '', rule = '', ...rows] = renderLadder(ringing);
    // Where each leg's column begins, as the rule under the titles shows it.
    const columns = [...rule.matchAll(/─+/g)].map((bar) => bar.index);
    const cells = (row: string): string[] =>
      [0, ...columns].map((from, i, all) => row.slice(from, all[i + 1]).trim());
    expect(cells(titles)).toEqual(['ms', 'PBX', 'core', 'link', 'TAPI']);
    expect(rows.map(cells)).toEqual([
      ['0.0', '→ base.ChannelEvent ringing', '', '', ''],
      ['0.3', '', 'OFFERING active', '', ''],
      ['0.5', '', '', '→ call OFFERING', ''],
      ['2.0', '', '', '', '→ LINE_NEWCALL'],
      ['2.0', '', '', '', '→ LINE_CALLSTATE OFFERING'],
      ['1500.0', '', '', '', '← TSPI_line command'],
      ['1501.0', '', '', '← answer', ''],
      ['1502.0', expect.stringMatching(/^← phone\.Offhook of the .*…$/), '', '', ''],
    ]);
    const wide = Math.max(...rows.map((row) => row.length));
    expect(wide, 'a row is no longer than the rule').toBeLessThanOrEqual(rule.length);
  });

  it('of nothing is nothing', () => {
    expect(renderLadder([])).toEqual([]);
  });

  it('has the steps of one call, in the order they happened', () => {
    const [late, early, same] = [
      step(9, 'core', 'note', 'b'),
      step(8, 'core', 'note', 'a'),
      step(9, 'core', 'note', 'c'),
    ];
    const other = step(7, 'core', 'note', 'x', 18);
    const { call: _, ...nobodys } = step(7, 'pbx', 'in', 'y');
    expect(rungs([late, early, same, other, nobodys], 17).map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  });
});

describe('the check of a ladder', () => {
  const want = (leg: Leg, label: string) => ({ leg, label });

  it('finds nothing wrong when every step is there: others may stand between', () => {
    const expected = [
      want('pbx', 'base.ChannelEvent ringing'),
      want('core', 'OFFERING'),
      want('tapi', 'LINE_NEWCALL'),
      want('tapi', 'LINE_CALLSTATE OFFERING'),
      want('link', 'answer'),
    ];
    expect(checkLadder(ringing, expected)).toBeUndefined();
  });

  it('names the first leg that lacks a step', () => {
    const expected = [want('core', 'OFFERING'), want('link', 'call CONNECTED'), want('tapi', 'LINE_REPLY')];
    expect(checkLadder(ringing, expected)).toEqual({
      leg: 'link',
      missing: 'call CONNECTED',
      outOfOrder: false,
    });
  });

  it('a step in another leg is not it', () => {
    expect(checkLadder(ringing, [want('core', 'LINE_NEWCALL')])).toMatchObject({ leg: 'core' });
  });

  it('tells a step out of order from one that is missing', () => {
    const expected = [want('tapi', 'LINE_CALLSTATE OFFERING'), want('tapi', 'LINE_NEWCALL')];
    expect(checkLadder(ringing, expected)).toEqual({
      leg: 'tapi',
      missing: 'LINE_NEWCALL',
      outOfOrder: true,
    });
  });

  it('a step that must come twice must be there twice', () => {
    const twice = [want('tapi', 'LINE_NEWCALL'), want('tapi', 'LINE_NEWCALL')];
    expect(checkLadder(ringing, twice)).toMatchObject({ leg: 'tapi', outOfOrder: true });
  });

  it('of an empty ladder names the first leg', () => {
    expect(checkLadder([], [want('pbx', 'x')])).toEqual({ leg: 'pbx', missing: 'x', outOfOrder: false });
  });
});

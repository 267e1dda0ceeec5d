import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, centredArea, flyoutArea, popupArea } from './placement.ts';

const bounds: Area = { x: 0, y: 0, width: 1920, height: 1080 };
const size = { width: 360, height: 320 };
const none: Area = { x: 0, y: 0, width: 0, height: 0 };

describe('the flyout', () => {
  it.each([
    [
      'at the bottom',
      { x: 0, y: 0, width: 1920, height: 1032 },
      { x: 1700, y: 1040, width: 24, height: 40 },
      1548,
      700,
    ],
    [
      'at the top',
      { x: 0, y: 48, width: 1920, height: 1032 },
      { x: 1700, y: 4, width: 24, height: 40 },
      1548,
      60,
    ],
    [
      'on the left',
      { x: 60, y: 0, width: 1860, height: 1080 },
      { x: 18, y: 900, width: 24, height: 24 },
      72,
      748,
    ],
    [
      'on the right',
      { x: 0, y: 0, width: 1860, height: 1080 },
      { x: 1878, y: 900, width: 24, height: 24 },
      1488,
      748,
    ],
    ['hidden', bounds, { x: 1700, y: 1078, width: 24, height: 40 }, 1548, 748],
  ])('stands beside a taskbar %s', (_where, workArea, tray, x, y) => {
    expect(flyoutArea(tray, { bounds, workArea }, size)).toEqual({ x, y, ...size });
  });

  it('stands bottom right where nobody knows the tray', () => {
    expect(flyoutArea(none, { bounds, workArea: bounds }, size)).toEqual({ x: 1548, y: 748, ...size });
  });

  it('stands on the screen of its tray', () => {
    const second = { x: 1920, y: -200, width: 1280, height: 1024 };
    const tray = { x: 3100, y: 790, width: 24, height: 24 };
    const area = flyoutArea(tray, { bounds: second, workArea: { ...second, height: 984 } }, size);
    expect(area).toEqual({ x: 3200 - 12 - 360, y: 784 - 12 - 320, ...size });
  });
});

describe('the popup', () => {
  const screen = { bounds, workArea: { ...bounds, height: 1032 } };
  const popup = { width: 360, height: 132 };

  it('stands bottom right, or above a flyout that is there', () => {
    expect(popupArea(screen, popup)).toEqual({ x: 1548, y: 888, ...popup });
    const flyout = flyoutArea(none, screen, size);
    expect(popupArea(screen, popup, flyout)).toEqual({ x: 1548, y: 700 - 12 - 132, ...popup });
  });

  it('does not mind a flyout elsewhere, or one that leaves no room', () => {
    expect(popupArea(screen, popup, { ...size, x: 12, y: 700 }).y).toBe(888);
    expect(popupArea(screen, popup, { x: 1548, y: 100, width: 360, height: 920 }).y).toBe(888);
  });
});

describe('every window', () => {
  it('has whole numbers and stays in the work area, however small that is', () => {
    const number = fc.double({ min: -4_000, max: 4_000, noNaN: true });
    const length = fc.double({ min: 50, max: 4_000, noNaN: true });
    const area = fc.record({ x: number, y: number, width: length, height: length });
    fc.assert(
      fc.property(area, area, fc.record({ width: length, height: length }), (workArea, tray, wanted) => {
        const screen = { bounds: workArea, workArea };
        for (const placed of [
          flyoutArea(tray, screen, wanted),
          popupArea(screen, wanted),
          centredArea(screen, wanted),
        ]) {
          expect(Object.values(placed).every(Number.isInteger)).toBe(true);
          expect(placed.x).toBeGreaterThanOrEqual(Math.floor(workArea.x));
          expect(placed.y).toBeGreaterThanOrEqual(Math.floor(workArea.y));
          expect(placed.x + placed.width).toBeLessThanOrEqual(Math.ceil(workArea.x + workArea.width));
          expect(placed.y + placed.height).toBeLessThanOrEqual(Math.ceil(workArea.y + workArea.height));
        }
      }),
    );
  });
});

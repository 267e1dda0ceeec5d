/** Where windows stand, in whole device-independent pixels: Electron refuses fractions. */

export type Size = { readonly width: number; readonly height: number };
export type Area = Size & { readonly x: number; readonly y: number };
export type Screen = { readonly bounds: Area; readonly workArea: Area };

/** Distance from the edges of the work area, as Windows 11 keeps it for its own flyouts. */
const GAP = 12;

/**
 * Beside the tray: in the corner of the work area that is nearest to the tray icon. That holds for a taskbar at any edge,
 * a hidden and a short one. A tray without a place (some systems tell none) means bottom right.
 */
export function flyoutArea(tray: Area, { bounds, workArea }: Screen, size: Size): Area {
  const placed = tray.width > 0 && tray.height > 0;
  const left = placed && tray.x + tray.width / 2 < bounds.x + bounds.width / 2;
  const top = placed && tray.y + tray.height / 2 < bounds.y + bounds.height / 2;
  return corner(workArea, size, left, top);
}

/** Bottom right, above the tray; above the flyout where that stands in the same place and leaves room. */
export function popupArea({ workArea }: Screen, size: Size, flyout?: Area): Area {
  const area = corner(workArea, size, false, false);
  if (!flyout || !overlap(area, flyout)) return area;
  const y = flyout.y - GAP - area.height;
  return y >= workArea.y ? { ...area, y: Math.round(y) } : area;
}

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** In the middle, made smaller where the screen is. */
export function centredArea({ workArea }: Screen, size: Size): Area {
  const { width, height } = fitted(workArea, size);
  return whole({
    x: workArea.x + (workArea.width - width) / 2,
    y: workArea.y + (workArea.height - height) / 2,
    width,
    height,
  });
}

function corner(area: Area, size: Size, left: boolean, top: boolean): Area {
  const { width, height } = fitted(area, size);
  return whole({
    x: left ? area.x + GAP : area.x + area.width - GAP - width,
    y: top ? area.y + GAP : area.y + area.height - GAP - height,
    width,
    height,
  });
}

const fitted = (area: Area, { width, height }: Size): Size => ({
  width: Math.max(1, Math.min(width, area.width - 2 * GAP)),
  height: Math.max(1, Math.min(height, area.height - 2 * GAP)),
});

const whole = ({ x, y, width, height }: Area): Area => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
});

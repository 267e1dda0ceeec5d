import type { Display, Point } from 'electron';
import { EVENTS, StrictEmitter } from './emitter.ts';

/** Height of Windows 11's taskbar, in device-independent pixels. */
const TASKBAR = 48;
const bounds = { x: 0, y: 0, width: 1920, height: 1080 };

/** One monitor with the taskbar at its lower edge. */
const display = {
  id: 1,
  label: 'stand-in',
  bounds,
  size: { width: bounds.width, height: bounds.height },
  workArea: { ...bounds, height: bounds.height - TASKBAR },
  workAreaSize: { width: bounds.width, height: bounds.height - TASKBAR },
  scaleFactor: 1,
  rotation: 0,
} as Display;

/** Where the tray icon is: in the taskbar, left of the clock. */
export const TRAY_BOUNDS = { x: 1700, y: bounds.height - TASKBAR, width: 24, height: TASKBAR };

export class Screen extends StrictEmitter {
  static override readonly [EVENTS] = ['display-added', 'display-removed', 'display-metrics-changed'];

  getPrimaryDisplay(): Display {
    return display;
  }

  getAllDisplays(): Display[] {
    return [display];
  }

  getDisplayNearestPoint(_point: Point): Display {
    return display;
  }

  getDisplayMatching(): Display {
    return display;
  }

  /** The mouse is where it has just clicked: on the tray icon. */
  getCursorScreenPoint(): Point {
    return { x: TRAY_BOUNDS.x + 12, y: TRAY_BOUNDS.y + 24 };
  }
}

export const screen = new Screen();

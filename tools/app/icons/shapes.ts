import { type TrayState, trayStates } from '../../../main/tray/state.ts';
import type { Layer } from './raster.ts';

/** The icons' shapes, drawn by hand on a grid of 24 by 24. Each state of the tray icon has a shape of its own. */

/** A handset lying on its back from top left to bottom right: the grip, and the two ends that are thicker. */
const handset: readonly Layer[] = [
  { path: 'M5.8 7 C6.4 12.6 11.4 17.6 17 18.2', stroke: 4 },
  { path: 'M5.6 4.6 L8 8.6', stroke: 4.6 },
  { path: 'M15.4 16 L19.4 18.4', stroke: 4.6 },
];

const waves: readonly Layer[] = [
  { path: 'M13.4 6.6 C15.6 7 17 8.4 17.4 10.6', stroke: 2 },
  { path: 'M13.8 2.2 C18.4 2.6 21.4 5.6 21.8 10.2', stroke: 2 },
];

const slash: readonly Layer[] = [
  { path: 'M3 21 L21 3', stroke: 5.2, erases: true },
  { path: 'M3 21 L21 3', stroke: 2.2 },
];

/** A warning triangle in the corner, cut free from what is below it. */
const warning: readonly Layer[] = [
  { path: 'M16.4 3.4 L22 12.6 L10.8 12.6 Z', stroke: 5.2, erases: true },
  { path: 'M16.4 3.4 L22 12.6 L10.8 12.6 Z', erases: true },
  { path: 'M16.4 3.4 L22 12.6 L10.8 12.6 Z', stroke: 2 },
  { path: 'M16.4 3.4 L22 12.6 L10.8 12.6 Z' },
  { path: 'M16.4 6.2 L16.4 9', stroke: 1.7, erases: true },
  { path: 'M16.4 11.6 L16.4 11.6', stroke: 1.9, erases: true },
];

const erasing = (layers: readonly Layer[]): Layer[] => layers.map((layer) => ({ ...layer, erases: true }));

/** The handset smaller and in the middle. */
const smallHandset: readonly Layer[] = [
  { path: 'M8.4 9 C8.8 12.4 11.8 15.4 15.2 15.8', stroke: 2.8 },
  { path: 'M8.2 7.4 L9.8 10', stroke: 3.2 },
  { path: 'M14.2 14.4 L16.8 16', stroke: 3.2 },
];

/** On a disc: round and full where the others are open. */
const disc: Layer = { path: 'M12 12 L12 12', stroke: 23 };

const shapes: Readonly<Record<TrayState, readonly Layer[]>> = {
  idle: handset,
  offline: [...handset, ...slash],
  ringing: [...handset, ...waves],
  inCall: [disc, ...erasing(smallHandset)],
  attention: [...handset, ...warning],
};

/** The application's own icon: the handset on a tile. */
const tile: readonly Layer[] = [
  { path: 'M6 6 L18 6 L18 18 L6 18 Z', colour: '#0f6cbd' },
  { path: 'M6 6 L18 6 L18 18 L6 18 Z', stroke: 10, colour: '#0f6cbd' },
  ...smallHandset.map((layer) => ({ ...layer, colour: '#ffffff' })),
  { path: 'M13.2 7.6 C15 8 16 9 16.4 10.8', stroke: 1.7, colour: '#ffffff' },
];

/** One icon in all its sizes, in pixels. */
export type Icon = {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly colour: string;
  readonly sizes: readonly number[];
  /** Size of the single picture for systems without .ico. */
  readonly single: number;
};

/** What Windows asks for at 100, 125, 150, 200, 250 and 300 %. */
const TRAY_SIZES = [16, 20, 24, 32, 40, 48];
/** 256 is what installer and shell take the largest picture from. */
const APP_SIZES = [...TRAY_SIZES, 64, 128, 256];

/** A dark taskbar needs a light shape. */
const colours = { light: '#1b1b1b', dark: '#ffffff' } as const;

export const icons: readonly Icon[] = [
  ...trayStates.flatMap((state) =>
    (['light', 'dark'] as const).map((theme) => ({
      name: `tray-${state}-${theme}`,
      layers: shapes[state],
      colour: colours[theme],
      sizes: TRAY_SIZES,
      single: 32,
    })),
  ),
  { name: 'app', layers: tile, colour: '#0f6cbd', sizes: APP_SIZES, single: 256 },
];

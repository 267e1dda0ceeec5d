import { EVENTS, StrictEmitter } from './emitter.ts';
import { runtime } from './runtime.ts';

/** Windows' two colour settings: that of applications, and that of the taskbar. */
let colours: { readonly dark: boolean; readonly taskbarDark: boolean } | undefined;

export class NativeTheme extends StrictEmitter {
  static override readonly [EVENTS] = ['updated'];

  get shouldUseDarkColors(): boolean {
    return colours?.dark ?? runtime().configuration.dark;
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return colours?.taskbarDark ?? runtime().configuration.dark;
  }

  get shouldUseHighContrastColors(): boolean {
    return false;
  }

  get prefersReducedTransparency(): boolean {
    return false;
  }
}

export const nativeTheme = new NativeTheme();

/** A person chooses other colours in Windows' settings. */
export function chooseColours(dark: boolean, taskbarDark: boolean): void {
  colours = { dark, taskbarDark };
  nativeTheme.emit('updated');
}

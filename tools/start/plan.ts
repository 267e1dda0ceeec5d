/** What there is on a machine, as far as it decides how the application can be started. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  /** Path of Electron's program. */
  readonly electron: string | undefined;
  /** Path of a Chromium. */
  readonly chromium: string | undefined;
  /** Whether windows can be shown. */
  readonly display: boolean;
  /** Whether C can be compiled. */
  readonly compiler: boolean;
};

/** How the application is started. */
export type Plan = {
  readonly on:
    | { readonly name: 'electron'; readonly program: string }
    | { readonly name: 'stand-in'; readonly chromium: string; readonly headed: boolean }
    | { readonly name: 'nothing' };
  /** Whether TAPI's side is built and served here. */
  readonly tapi: boolean;
  /** What to tell before the start, a sentence or two each. */
  readonly say: readonly string[];
};

const noDisplay =
  'There is no display, so nothing is visible: a picture of every window is written to out/start/windows.';
const onStandIn =
  'Electron’s program is not here and could not be fetched: the same application runs on its stand-in, with its windows in Chromium.';
const electronNeedsDisplay =
  'Electron shows nothing without a display: the same application runs on its stand-in, with its windows in Chromium.';
const nothingToRunOn =
  'Neither Electron with a display nor a Chromium is here. Install Chromium, or start at a desktop and with a network.';

/** Decides how to start, and what has to be said about it. */
export function planStart(machine: Machine): Plan {
  const [on, say] = chooseProgram(machine);
  if (on.name === 'nothing') return { on, tapi: false, say };
  const tapi = machine.platform === 'linux' && machine.compiler;
  const why = tapi ? undefined : withoutTapi(machine);
  return { on, tapi, say: why === undefined ? say : [...say, why] };
}

function chooseProgram({ electron, chromium, display }: Machine): [Plan['on'], string[]] {
  if (electron !== undefined && display) return [{ name: 'electron', program: electron }, []];
  if (chromium === undefined) return [{ name: 'nothing' }, [nothingToRunOn]];
  const say = display ? [onStandIn] : [electronNeedsDisplay, noDisplay];
  return [{ name: 'stand-in', chromium, headed: display }, say];
}

function withoutTapi({ platform }: Machine): string | undefined {
  // On Windows the application opens its pipe by itself, and the DLL comes with the installer.
  if (platform === 'win32') return undefined;
  if (platform !== 'linux') return 'TAPI’s side can be tried out on Windows and Linux only.';
  return 'There is no C compiler: the DLL’s side is left out, and no TAPI program sees the calls.';
}

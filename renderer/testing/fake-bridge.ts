import type {
  Bridge,
  CommandName,
  CommandResults,
  EventName,
  Events,
  Slices,
  WindowKind,
} from '../../contract/renderer-api.ts';

/** What a test finds in the page beside the bridge. */
export type FakeMain = {
  /** Every command that the page sent, in order. */
  readonly sent: { readonly name: CommandName; readonly args: unknown }[];
  readonly emit: <Name extends EventName>(name: Name, event: Events[Name]) => void;
  readonly answer: <Name extends CommandName>(name: Name, result: CommandResults[Name]) => void;
  /** Leaves a command without an answer until the next `answer` for it. */
  readonly hold: (name: CommandName) => void;
  /** Refuses a command, as main does for what a window may not do. */
  readonly refuse: (name: CommandName) => void;
};

/** What the page is opened with. */
export type Scene = {
  readonly kind: WindowKind;
  readonly slices: Partial<Slices>;
  readonly results: Partial<CommandResults>;
  readonly refused: readonly CommandName[];
  readonly held: readonly CommandName[];
};

declare global {
  interface Window {
    fake: FakeMain;
    scene: Scene;
  }
}

const ok = { ok: true } as const;

function fakeMain(scene: Scene): { readonly bridge: Bridge; readonly fake: FakeMain } {
  const { kind, slices, results } = scene;
  const outcomes: { [Name in CommandName]: CommandResults[Name] } = {
    subscribe: slices,
    dial: ok,
    pickup: ok,
    answer: ok,
    hold: ok,
    unhold: ok,
    drop: ok,
    signIn: ok,
    testSignIn: ok,
    cancelTest: ok,
    asteriskEntries: undefined,
    trustCertificate: ok,
    signOut: ok,
    tryDemo: ok,
    retry: ok,
    openWindow: ok,
    closeWindow: ok,
    fitHeight: ok,
    followTrace: [],
    unfollowTrace: ok,
    ladder: [],
    tapiFlow: [],
    copyText: ok,
    saveTrace: ok,
    ...results,
  };
  const held = new Set(scene.held);
  const refused = new Set(scene.refused);
  const waiting = new Map<CommandName, (() => void)[]>();
  const listeners = new Map<EventName, Set<(event: never) => void>>();
  const sent: FakeMain['sent'] = [];

  const bridge: Bridge = {
    kind,
    invoke: async (name, args) => {
      sent.push({ name, args: structuredClone(args) });
      if (refused.has(name)) throw new Error('refused');
      if (held.has(name)) {
        await new Promise<void>((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve]));
      }
      return structuredClone(outcomes[name]);
    },
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      known.add(listener);
      listeners.set(name, known);
      return () => void known.delete(listener);
    },
  };
  const fake: FakeMain = {
    sent,
    emit: (name, event) => {
      for (const listener of listeners.get(name) ?? []) {
        (listener as (event: unknown) => void)(structuredClone(event));
      }
    },
    answer: (name, result) => {
      outcomes[name] = result;
      held.delete(name);
      refused.delete(name);
      for (const resolve of waiting.get(name) ?? []) resolve();
      waiting.delete(name);
    },
    hold: (name) => void held.add(name),
    refuse: (name) => void refused.add(name),
  };
  return { bridge, fake };
}

const { bridge, fake } = fakeMain(window.scene);
Object.defineProperty(window, 'tapline', { value: Object.freeze(bridge) });
window.fake = fake;

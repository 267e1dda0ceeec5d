/** Which folder may import which: one row for each, most special first. What is not listed is forbidden. */
export type Rule = {
  /** Files below this path follow the rule. */
  readonly from: string;
  /** Folders or files of the project they may import, besides their own. */
  readonly may: readonly string[];
  /** Packages they may import; `*` for any. */
  readonly packages: readonly string[];
  /** Whether Node's own modules are open to them. */
  readonly node: boolean;
};

/** A test may also use the test tools and what it tests with. */
export const testPackages = ['vitest', 'fast-check', 'playwright-core', 'axe-core', 'esbuild'];

export const rules: readonly Rule[] = [
  { from: 'app/calls', may: [], packages: [], node: false },
  { from: 'app/numbers', may: [], packages: [], node: false },
  { from: 'app/lines', may: [], packages: [], node: true },
  {
    from: 'app/settings',
    may: ['app/language.ts', 'app/pbx/asterisk/account.ts'],
    packages: ['@napi-rs/keyring'],
    node: true,
  },
  {
    from: 'app/pbx/mobydick',
    may: ['app/pbx', 'app/calls', 'app/clock.ts'],
    packages: ['@xmpp/client', '@xmpp/xml', '@xmpp/base64'],
    node: true,
  },
  {
    from: 'app/pbx/asterisk',
    may: ['app/pbx', 'app/calls', 'app/clock.ts', 'app/language.ts'],
    packages: [],
    node: true,
  },
  { from: 'app/pbx/connection', may: ['app/pbx', 'app/clock.ts'], packages: [], node: true },
  { from: 'app/network', may: [], packages: ['koffi'], node: false },
  { from: 'app/pbx', may: ['app/calls', 'app/clock.ts', 'app/language.ts'], packages: [], node: false },
  { from: 'app/diagnostics', may: ['app/tsp', 'contract'], packages: [], node: false },
  {
    from: 'app/tsp',
    may: ['app/calls', 'app/lines', 'app/clock.ts', 'contract'],
    packages: ['koffi'],
    node: true,
  },
  {
    from: 'app/companion',
    may: [
      'app/calls',
      'app/lines',
      'app/numbers',
      'app/pbx',
      'app/tsp',
      'app/diagnostics',
      'app/clock.ts',
      'contract',
    ],
    packages: ['zustand'],
    node: false,
  },
  { from: 'app', may: ['app', 'contract', 'package.json'], packages: [], node: true },
  { from: 'contract', may: [], packages: ['valibot'], node: true },
  { from: 'headless', may: ['app', 'contract'], packages: [], node: true },
  // The demo PBX is loaded only when somebody asks for it, and here alone.
  {
    from: 'main/companion/demo-pbx.ts',
    may: ['app', 'contract', 'main', 'simulator/simulator.ts'],
    packages: [],
    node: true,
  },
  { from: 'main', may: ['app', 'contract'], packages: ['electron', 'valibot'], node: true },
  { from: 'renderer', may: ['contract'], packages: ['react', 'react-dom', 'zustand'], node: false },
  { from: 'simulator', may: [], packages: ['@xmpp/xml', '@xmpp/client'], node: true },
  // All TypeScript there is tests.
  { from: 'native-shim', may: ['contract', 'tools'], packages: ['vitest'], node: true },
  {
    from: 'tests',
    may: ['app', 'contract', 'headless', 'main', 'simulator', 'tools'],
    packages: ['*'],
    node: true,
  },
  {
    from: 'bench',
    may: ['app', 'contract', 'headless', 'simulator', 'tests/prosody', 'tools'],
    packages: ['*'],
    node: true,
  },
  {
    from: 'tools',
    may: ['app', 'contract', 'headless', 'main', 'simulator', 'package.json'],
    packages: ['*'],
    node: true,
  },
];

import { describe, expect, it } from 'vitest';
import { importsOf, violations } from './layers.ts';
import { rules } from './rules.ts';

describe('the imports of a file', () => {
  it('are found however they are written', () => {
    const source = [
      "import a from './a.ts';",
      "import type { B } from './b.ts';",
      'import {\n  c,\n  d,\n} from "./c.ts";',
      "import './e.ts';",
      "export * from './f.ts';",
      "export { g } from './g.ts';",
      "const h = await import('./h.ts');",
      "// import i from './i.ts';",
      "/* import j from './j.ts'; */",
    ].join('\n');
    expect(importsOf(source)).toEqual(['./a.ts', './b.ts', './c.ts', './e.ts', './f.ts', './g.ts', './h.ts']);
  });
});

/** One planted violation for each rule: an import that it must catch. */
const planted: Readonly<Record<string, readonly [file: string, specifier: string]>> = {
  'app/calls': ['app/calls/reduce.ts', '../pbx/port.ts'],
  'app/network': ['app/network/network-changes.ts', '../calls/call.ts'],
  'app/numbers': ['app/numbers/dialable.ts', '../calls/call.ts'],
  'app/lines': ['app/lines/line.ts', '../calls/call.ts'],
  'app/settings': ['app/settings/vault.ts', '../companion.ts'],
  'app/pbx/mobydick': ['app/pbx/mobydick/codec/x.ts', '../../../tsp/tapi.ts'],
  'app/pbx/asterisk': ['app/pbx/asterisk/ami/x.ts', '../../../tsp/tapi.ts'],
  'app/pbx/connection': ['app/pbx/connection/x.ts', '../../calls/call.ts'],
  'app/pbx': ['app/pbx/port.ts', '../companion.ts'],
  'app/diagnostics': ['app/diagnostics/trace.ts', '../companion.ts'],
  'app/tsp': ['app/tsp/link.ts', '../pbx/port.ts'],
  'app/companion': ['app/companion/state.ts', '../companion.ts'],
  app: ['app/companion.ts', '../simulator/simulator.ts'],
  contract: ['contract/wire-io.ts', '../app/calls/call.ts'],
  headless: ['headless/main.ts', '../simulator/simulator.ts'],
  'main/companion/demo-pbx.ts': ['main/companion/demo-pbx.ts', '../../simulator/mobydick/face.ts'],
  main: ['main/index.ts', '../simulator/simulator.ts'],
  renderer: ['renderer/app.tsx', '../app/calls/call.ts'],
  simulator: ['simulator/simulator.ts', '../app/calls/call.ts'],
  'native-shim': ['native-shim/tests/x.test.ts', '../../app/companion.ts'],
  tests: ['tests/x.test.ts', '../renderer/state.ts'],
  bench: ['bench/main.ts', '../renderer/app.tsx'],
  tools: ['tools/demo/main.ts', '../../renderer/state.ts'],
};

describe('a forbidden import', () => {
  it('is planted for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(rules.map(({ from }) => from).sort());
  });

  it.each(Object.entries(planted))('%s: is caught', (rule, [file, specifier]) => {
    expect(violations(file, `import { x } from '${specifier}';`)).toEqual([
      { file, imports: specifier, rule },
    ]);
  });

  it('of a package is caught', () => {
    expect(violations('app/calls/call.ts', "import { z } from 'zustand';")).toHaveLength(1);
    expect(violations('renderer/app.tsx', "import { readFile } from 'node:fs';")).toHaveLength(1);
    expect(violations('app/companion.ts', "import { app } from 'electron';")).toHaveLength(1);
  });

  it('of test tools is caught outside tests', () => {
    expect(violations('app/calls/call.ts', "import { it } from 'vitest';")).toHaveLength(1);
    expect(violations('app/calls/call.test.ts', "import { it } from 'vitest';")).toEqual([]);
  });

  it('of testing helpers is caught outside tests', () => {
    const source = "import { FakeClock } from '../testing/fake-clock.ts';";
    expect(violations('app/tsp/link.ts', source)).toHaveLength(1);
    expect(violations('app/tsp/link.test.ts', source)).toEqual([]);
  });

  it('is every import of a file that no rule covers', () => {
    expect(violations('elsewhere/x.ts', '')).toHaveLength(1);
  });
});

describe('what the architecture allows', () => {
  it.each([
    ['app/tsp/snapshot.ts', '../calls/call.ts'],
    ['app/companion.ts', './pbx/port.ts'],
    ['headless/main.ts', '../app/companion.ts'],
    ['renderer/app.tsx', '../contract/renderer-api.ts'],
  ])('%s imports %s', (file, specifier) => {
    expect(violations(file, `import { x } from '${specifier}';`)).toEqual([]);
  });
});

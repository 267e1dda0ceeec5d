import { defineConfig } from 'vitest/config';

// These show pages in a real Chromium.
const browserTests = ['tools/electron/**/*.test.ts', 'tools/start/**/*.test.ts'];

// These need servers and clients that the system's packages bring.
const sessionTests = ['tests/prosody/**/*.test.ts', 'tests/xmpp-client/**/*.test.ts'];

// These need a real Asterisk.
const asteriskTests = ['tests/asterisk/**/*.test.ts'];

// These drive tsphost by scenarios that are written once: natively, and on the DLL for Windows under Wine.
const scenarios = ['native-shim/tests/*.test.ts'];
// What needs sanitizers or more than one Windows session; the images; the stack, which functions clean on x86 alone.
// Wrong providers are built for x64 and for this machine.
const notHere = {
  native: ['stack', 'windows'],
  x64: ['exports', 'sanitized', 'several-companions', 'stack'],
  x86: ['exports', 'sanitized', 'several-companions', 'wrong-providers'],
};
const filesNotHere = (place: keyof typeof notHere): string[] =>
  notHere[place].map((name) => `native-shim/tests/${name}.test.ts`);
const underWine = (place: 'x64' | 'x86') => ({
  test: {
    name: place,
    include: place === 'x86' ? [...scenarios, 'tests/wine-x86/**/*.test.ts'] : scenarios,
    exclude: filesNotHere(place),
    env: { TAPLINE_PLACE: place },
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});

// Tests beside the code, and those that span rooms. What needs a browser, Wine or a real server runs one file after
// the other: a machine of two cores has no room for two browsers, Wine has one prefix and one pipe name, and the
// sessions' tests measure time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,contract,headless,main,simulator,tools}/**/*.test.ts'],
          exclude: browserTests,
          // Property tests draw a hundred cases: on a busy machine that takes longer than the default.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'native',
          include: ['native-shim/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [
            ...filesNotHere('native'),
            'tests/wine/**',
            'tests/wine-x86/**',
            'tests/window/**',
            ...sessionTests,
            ...asteriskTests,
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pbx',
          include: sessionTests,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'asterisk',
          include: asteriskTests,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'window',
          include: ['renderer/**/*.test.ts', 'tests/window/**/*.test.ts', ...browserTests],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'wine',
          include: ['tests/wine/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      underWine('x64'),
      underWine('x86'),
    ],
  },
});

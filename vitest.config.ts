import { defineConfig } from 'vitest/config';

// These show pages in a real Chromium.
const browserTests = ['tools/electron/**/*.test.ts', 'tools/start/**/*.test.ts'];

// These need servers and clients that the system's packages bring.
const sessionTests = ['tests/prosody/**/*.test.ts', 'tests/xmpp-client/**/*.test.ts'];

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
          exclude: ['tests/wine/**', 'tests/window/**', ...sessionTests],
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
    ],
  },
});

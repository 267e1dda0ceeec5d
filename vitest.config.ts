import { defineConfig } from 'vitest/config';

// These show pages in a real Chromium.
const browserTests = ['tools/electron/**/*.test.ts', 'tools/start/**/*.test.ts'];

// Tests beside the code, and those that span rooms. What needs a browser or Wine runs one file after the other: a
// machine of two cores has no room for two browsers, and Wine has one prefix and one pipe name.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,contract,headless,main,simulator,tools}/**/*.test.ts'],
          exclude: browserTests,
        },
      },
      {
        test: {
          name: 'native',
          include: ['native-shim/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/wine/**', 'tests/window/**'],
          testTimeout: 30_000,
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

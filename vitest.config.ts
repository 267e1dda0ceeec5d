import { defineConfig } from 'vitest/config';

// Tests beside the code, and those that span rooms. What needs Wine runs one file after the other: one prefix, one
// pipe name.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,bench,contract,headless,simulator,tools}/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'native',
          include: ['native-shim/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: ['tests/wine/**'],
          testTimeout: 30_000,
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

import { defineConfig } from 'vitest/config';

/** What needs the built program as a process, PostgreSQL, a browser, or time that really passes. */
const SYSTEM = ['src/**/*.system.test.ts', 'scripts/**/*.system.test.js'];
/** What takes minutes by its nature, and is run every night. */
const LONG = 'src/**/*.long.test.ts';

export default defineConfig({
  test: {
    // Three lanes: `npm test`, `npm run test:system` and `npm run test:long`.
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'src/**/*.test.ts',
            'stacks/**/*.test.js',
            'bench/**/*.test.js',
            'mutations/**/*.test.js',
            'scripts/**/*.test.js',
            'site/*.test.js',
          ],
          exclude: [...SYSTEM, LONG],
          // Modules are loaded once for a worker: no test may change one.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'system',
          include: SYSTEM,
          globalSetup: ['src/testing/build.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'long',
          include: [LONG],
          globalSetup: ['src/testing/build.ts'],
          testTimeout: 1_200_000,
        },
      },
    ],
    // Most of a test of the second lane is waiting for processes and sockets.
    maxWorkers: 2,
  },
});

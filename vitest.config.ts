import { defineConfig } from 'vitest/config';

/** What needs the built program as a process, PostgreSQL, a browser, or time that really passes. */
const SYSTEM = 'src/**/*.system.test.ts';

export default defineConfig({
  test: {
    // Two lanes: `npm test` is the first, `npm run test:system` the second.
    projects: [
      {
        test: {
          name: 'fast',
          include: ['src/**/*.test.ts'],
          exclude: [SYSTEM],
          // Modules are loaded once for a worker: no test may change one.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: [SYSTEM],
          globalSetup: ['src/testing/build.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
    // Most of a test of the second lane is waiting for processes and sockets.
    maxWorkers: 2,
  },
});

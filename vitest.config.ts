import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // The tests of the command line start the built program.
    globalSetup: ['src/testing/build.ts'],
    // Most of a test is waiting for processes and sockets.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

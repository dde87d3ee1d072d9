import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // The tests of the command line start the built program.
    globalSetup: ['src/testing/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

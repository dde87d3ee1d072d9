import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.suite.{ts,js}'],
    // The package may itself be in a folder of that name.
    exclude: [],
    testTimeout: 60_000,
    // What the build has bundled is loaded as it is.
    server: { deps: { external: [/\/dist\/bin\/parts\//] } },
  },
});

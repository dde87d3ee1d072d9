import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
/** What needs the built program as a process, PostgreSQL, a browser, or time that really passes. */
const SYSTEM = ['{src,packages}/**/*.system.test.ts', 'scripts/**/*.system.test.js'];
/** What takes minutes by its nature, and is run every night. */
const LONG = ['{src,packages}/**/*.long.test.ts', 'scripts/**/*.long.test.js'];

/**
 * The files of the second lane that take longest. Where no earlier run has left how long each took, Vitest starts with the files
 * that have most bytes, and the other workers would wait at the end for one of these.
 */
const LONGEST = [
  ...['testing/fuzz/fuzz', 'workflow/mutated', 'cli/process', 'cli/violating', 'consistency', 'cli/store'],
  ...['bench/bench', 'sync/sync', 'cli/planted', 'cli/hostile-files', 'replica/mutated', 'spec/misspelled'],
].map((name) => `/${name}.system.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** The packages of this repository see one another as source, as tsconfig.json has it. */
const resolve = {
  alias: [
    { find: 'wellsky-conform/kit', replacement: `${ROOT}src/kit.ts` },
    { find: /^wellsky-conform-caller-id\/(.+)$/, replacement: `${ROOT}packages/caller-id/src/$1.ts` },
  ],
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Three lanes: `npm test`, `npm run test:system` and `npm run test:long`.
    projects: [
      {
        resolve,
        test: {
          name: 'fast',
          setupFiles: ['src/testing/set-clock.ts'],
          include: [
            '{src,packages}/**/*.test.ts',
            'stacks/**/*.test.js',
            'bench/**/*.test.js',
            'mutations/**/*.test.js',
            'scripts/**/*.test.js',
            'site/*.test.js',
          ],
          exclude: [...SYSTEM, ...LONG],
          // Modules are loaded once for a worker: no test may change one.
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve,
        test: {
          name: 'system',
          setupFiles: ['src/testing/set-clock.ts'],
          include: SYSTEM,
          globalSetup: ['src/testing/build.ts'],
          // As above. To load the modules for each file takes a sixth of the time of this lane.
          isolate: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        resolve,
        test: {
          name: 'long',
          setupFiles: ['src/testing/set-clock.ts'],
          include: LONG,
          globalSetup: ['src/testing/build.ts'],
          testTimeout: 1_200_000,
        },
      },
    ],
    // The second lane waits for processes and sockets most of the time, and has three (package.json).
    maxWorkers: 2,
  },
});

import type { ErrorEntry } from './entry.js';

/** An error that nobody expected: the program itself is wrong. */
export const INTERNAL_ERRORS = {
  CONFORM_E_INTERNAL: {
    title: 'An internal error',
    what: 'The program has failed in a way that nobody expected. This is a bug in `conform`, and not your mistake.',
    why: 'Only the report can tell. It names the places in the code, and holds no value of what was asked.',
    fix: 'Please report it with the lines that were printed. `CONFORM_DEBUG=1` prints the message of the error as well; read it before you send it, because it can hold a value.',
    exitCode: 70,
    example: {
      given: 'A bug in the program.',
      run: 'conform gate --consumer shop',
      prints:
        'error CONFORM_E_INTERNAL: an internal error of conform: TypeError\n  Please report it with these lines; they hold no value of what was asked:\n  conform 1.0.0, Node v22.0.0, linux x64\n  at judge (src/gate/gate.ts:40:9)\n  CONFORM_DEBUG=1 shows its message, which can hold such a value.',
    },
  },
} as const satisfies Record<`CONFORM_E_${string}`, ErrorEntry & { exitCode: 70 }>;

import type { ProblemEntries } from './entry.js';

/** Faults of what is added to the program: parts that are installed apart, and plugins. */
export const ADDITION_ERRORS = {
  CONFORM_E_PART_MISSING: {
    title: 'A part is not installed',
    what: 'The command needs a package that does not come with conform.',
    why: 'Large packages that most commands do without are installed by those who use them: Vitest, TypeScript, the driver of PostgreSQL, and the caller-ID cache with its PostgreSQL.',
    fix: 'Run the command that the message gives, where conform is installed.',
    exitCode: 2,
    example: {
      given: 'Vitest is not installed.',
      run: 'conform suites',
      prints:
        'error CONFORM_E_PART_MISSING: conform suites needs vitest, which conform does not install by itself\n  Add it where conform is installed: npm install vitest@4.1.12',
    },
  },
  CONFORM_E_PLUGIN_MISSING: {
    title: 'There is no such plugin',
    what: 'The value of `--plugin` is neither a file, nor a folder with modules, nor an installed package.',
    why: 'The path is misspelled, or the package is installed in another folder than the one in which the command was started.',
    fix: 'Name a file, a folder, or a package that is installed here.',
    exitCode: 2,
    example: {
      run: 'conform checks --plugin no-such-plugin',
      prints:
        'error CONFORM_E_PLUGIN_MISSING: there is no plugin “no-such-plugin”\n  Name a file, a folder, or a package that is installed in this folder.',
    },
  },
  CONFORM_E_PLUGIN_INVALID: {
    title: 'A module is no plugin',
    what: 'The module cannot be loaded, or its default export is not what a plugin exports.',
    why: 'The module has a syntax error, imports what is not installed, or a member of a check, a format or a reporter is missing or has the name of another.',
    fix: 'Correct the member that the message names. docs/library.md shows a plugin of each kind.',
    exitCode: 2,
    example: {
      given: 'The default export of `mine.js` is `{ check: [] }`.',
      run: 'conform checks --plugin mine.js',
      prints:
        'error CONFORM_E_PLUGIN_INVALID: mine.js: a plugin exports lists of checks, formats, reporters by default; “check” is none of them\n  docs/library.md shows one of each kind.',
    },
  },
  CONFORM_E_PLUGIN_FAILED: {
    title: 'A reporter failed',
    what: 'A reporter of a plugin threw an error when it was given an event. It was given none after that; the run went on and was written.',
    why: 'The reporter has a fault, or what it writes to is not there.',
    fix: 'Correct the reporter, or leave out its plugin.',
    exitCode: 2,
    example: {
      given: 'The plugin `mine.js` has the reporter “board”, which sends to an address that does not answer.',
      run: 'conform check --plugin mine.js',
      prints:
        'error CONFORM_E_PLUGIN_FAILED: the reporter “board” failed on “asked”: fetch failed\n  Correct it, or leave out its plugin. The run itself is complete.',
    },
  },
} as const satisfies ProblemEntries;

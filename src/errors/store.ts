import type { ProblemEntries } from './entry.js';

/** Faults of the store: a database that keeps runs, tickets, nights and expectations in the place of files. */
export const STORE_ERRORS = {
  CONFORM_E_STORE_PASSWORD_IN_ARGUMENT: {
    title: 'The argument --store holds a password',
    what: 'The URL that was given with `--store` holds a password. Nothing was connected to.',
    why: 'Every user of a machine can read the arguments of its processes, and shells keep them in their history.',
    fix: 'Leave the password out of the URL, and set `PGPASSWORD`; or set `CONFORM_STORE` to the whole URL. If others can have read it, change the password.',
    exitCode: 2,
    example: {
      run: 'conform history --store postgres://conform:secret@127.0.0.1/fleet',
      prints:
        'error CONFORM_E_STORE_PASSWORD_IN_ARGUMENT: --store holds a password\n  Others on this machine can read arguments. Leave it out, and set PGPASSWORD; or set CONFORM_STORE to the whole URL.',
    },
  },
  CONFORM_E_STORE_NOT_MIGRATED: {
    title: 'The database has no store of this version',
    what: 'The database has no tables of `conform` yet, or those of an earlier version.',
    why: 'The database is new, or `conform` was updated.',
    fix: 'Run `conform store migrate` with the same `--store`, as a user who may create tables.',
    exitCode: 2,
    example: {
      given: 'The database is empty.',
      run: 'conform history --store postgres://conform@127.0.0.1/fleet',
      prints:
        'error CONFORM_E_STORE_NOT_MIGRATED: postgres://127.0.0.1/fleet: the database has no store yet\n  Run conform store migrate with the same --store.',
    },
  },
  CONFORM_E_STORE_NEWER: {
    title: 'The store was made by a newer conform',
    what: 'The tables of the database are of a version that this program does not know. It reads and writes nothing there.',
    why: 'Another machine runs a newer `conform` and has migrated the store.',
    fix: 'Install the newer version here as well.',
    exitCode: 2,
    example: {
      given: 'A newer version has migrated the store.',
      run: 'conform history --store postgres://conform@127.0.0.1/fleet',
      prints:
        'error CONFORM_E_STORE_NEWER: postgres://127.0.0.1/fleet: the store is of version 9, and this program knows only 1\n  Install the newer conform here as well. Nothing was changed.',
    },
  },
  CONFORM_E_STORE_SLOW: {
    title: 'The store takes too long',
    what: 'A statement of the store took longer than 30 seconds and was ended. What it belonged to was not written, not even in part.',
    why: 'Another session holds a lock, or the server is overloaded.',
    fix: 'Look for what holds it up in `pg_stat_activity`, and run the command again.',
    exitCode: 3,
    example: {
      given: 'Another session holds a lock on the table of records.',
      run: 'conform check --store postgres://conform@127.0.0.1/fleet',
      prints:
        'error CONFORM_E_STORE_SLOW: postgres://127.0.0.1/fleet: the database of the store took too long\n  Nothing was half written. Look for what holds it up (pg_stat_activity), and run the command again.',
    },
  },
} as const satisfies ProblemEntries;

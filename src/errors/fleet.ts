import type { ProblemEntries } from './entry.js';

/** Faults of a fleet of agencies, and of the workers that pass its nights. */
export const FLEET_ERRORS = {
  CONFORM_E_FLEET_COMMAND_FAILED: {
    title: 'A command of the fleet file failed',
    what: 'A program that lists the agencies, or gives a credential, could not be started, took too long, printed too much or ended with another code than 0. What it printed is never shown.',
    why: 'The program is not installed where the worker runs, it is not logged in, or the service that it asks does not answer.',
    fix: 'Run the command by hand, in the folder of the fleet file and with the environment of the worker.',
    exitCode: 3,
    example: {
      given: 'The fleet file has `agencies: { command: [./list-agencies] }`, and there is no such program.',
      run: 'conform fleet plan',
      prints:
        'error CONFORM_E_FLEET_COMMAND_FAILED: spec/fleet.yaml:2: the command “./list-agencies” cannot be started (ENOENT)\n  Run it by hand, in the folder of the fleet file.',
    },
  },
  CONFORM_E_FLEET_VALUE_MISSING: {
    title: 'A credential of an agency cannot be had',
    what: 'The variable, file or command from which an agency’s credential comes gives no value that can be used. Nothing was sent for this agency.',
    why: 'The variable is not set in the environment of the worker, the file is not mounted or others may write to it, or the value is empty.',
    fix: 'Set the variable or correct the file on every machine that runs `conform fleet work`. The message names the place, never the value.',
    exitCode: 3,
    example: {
      given: 'The variable `ROSEWOOD_CLIENT_ID` is not set.',
      run: 'conform fleet work --store postgres://conform@db/conform --until-empty',
      prints:
        'error CONFORM_E_FLEET_VALUE_MISSING: the variable ROSEWOOD_CLIENT_ID of the agency “rosewood” is not set\n  Set it in the environment of the worker.',
    },
  },
  CONFORM_E_AGENCY_UNKNOWN: {
    title: 'The fleet file has no such agency',
    what: 'An agency was named, or a worker was given its job, and the fleet file does not have it, or its entry is wrong.',
    why: 'The worker has another version of the fleet file than the one that `conform fleet run` was given, or the name is misspelled.',
    fix: 'Give every worker the same fleet file. `conform fleet plan` shows what is wrong in it.',
    exitCode: 2,
    example: {
      given: 'The fleet file has no agency `rosewod`.',
      run: 'conform fleet run --only rosewod --store postgres://conform@db/conform',
      prints:
        'error CONFORM_E_AGENCY_UNKNOWN: no agency fits --only rosewod\n  Give a part of the name of an agency of the fleet file.',
    },
  },
  CONFORM_E_FLEET_DEADLINE_PASSED: {
    title: 'The deadline of the night has passed',
    what: 'The night of an agency was not recorded before the deadline that the fleet file sets.',
    why: 'There are too few workers for the fleet, a host lets only few requests through, or the workers began too late.',
    fix: 'Start more workers, or set a later `deadline` in the fleet file. `conform fleet status` shows how far the night came.',
    exitCode: 3,
    example: {
      given: 'The night of an agency waited until its deadline.',
      run: 'conform fleet status --store postgres://conform@db/conform',
      prints: 'error CONFORM_E_FLEET_DEADLINE_PASSED: the deadline of the night has passed',
    },
  },
  CONFORM_E_FLEET_LEASE_LOST: {
    title: 'Another worker has taken the night over',
    what: 'The worker held the night of an agency longer than it was heard of. Nothing of what it did was recorded.',
    why: 'Its machine or process was paused, or it could not reach the database for longer than a lease lasts.',
    fix: 'Nothing has to be done: another worker passes the night. Where it happens often, give the workers more of the machine, or lower `--concurrency`.',
    exitCode: 3,
    example: {
      given: 'The process of the worker was paused for a minute.',
      run: 'conform fleet work --store postgres://conform@db/conform',
      prints:
        'error CONFORM_E_FLEET_LEASE_LOST: another worker has taken the night over\n  Nothing was recorded by this one.',
    },
  },
  CONFORM_E_FLEET_WORKER_DIED: {
    title: 'Workers that passed a night died again and again',
    what: 'Each worker that took the night of this agency ended before it was recorded. It is not given to another.',
    why: 'The night needs more memory than a worker has, or something stops the workers.',
    fix: 'Run the night alone with `conform fleet work --concurrency 1`, or ask the contract in `parts`.',
    exitCode: 3,
    example: {
      given: 'Ten workers in a row were killed by the system.',
      run: 'conform fleet status --store postgres://conform@db/conform',
      prints: 'error CONFORM_E_FLEET_WORKER_DIED: workers that passed the night died again and again',
    },
  },
} as const satisfies ProblemEntries;

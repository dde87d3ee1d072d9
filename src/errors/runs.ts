import type { ProblemEntries } from './entry.js';

/** Faults of runs, and of what is made of them. */
export const RUN_ERRORS = {
  CONFORM_E_RUN_MISSING: {
    title: 'There is no run to read',
    what: 'The output folder holds no run of the target.',
    why: 'Nothing was checked yet, or the runs were written into another folder.',
    fix: 'Make a run with `conform check`, or name one with `--run`. `--out` names the folder of the runs.',
    exitCode: 2,
    example: {
      given: 'The folder `reports` is empty.',
      run: 'conform report',
      prints:
        'error CONFORM_E_RUN_MISSING: reports/latest: there is no run to report\n  Make one with conform check, or name one with --run.',
    },
  },
  CONFORM_E_RUN_UNREADABLE: {
    title: 'A run file cannot be read',
    what: 'The file is not a run of the format `conform-run/1`.',
    why: 'It is another file, it was cut off when it was copied, or it was edited by hand.',
    fix: 'Copy the file again, or make a new run with `conform check`.',
    exitCode: 2,
    example: {
      run: 'conform report --run package.json',
      prints:
        'error CONFORM_E_RUN_UNREADABLE: package.json: this is not a run file of the format conform-run/1\n  Make a new one with conform check.',
    },
  },
  CONFORM_E_RUN_PROVES_NOTHING: {
    title: 'The run proves nothing about the vendor',
    what: 'The command needs a run that proves something about the vendor’s host, and this run does not.',
    why: 'No operation of the run could be judged, or the run is of the mock, which answers from the contract.',
    fix: '`conform report` says why nothing could be judged. Check again, or check another target.',
    exitCode: 3,
    example: {
      given: 'The host could not be reached during the run.',
      run: 'conform accept --target sandbox',
      prints:
        'error CONFORM_E_RUN_PROVES_NOTHING: the run 20260226T060000Z-sandbox proves nothing, so there is nothing to accept\n  conform report says why. Check again after that.',
    },
  },
  CONFORM_E_RUNS_TOO_FEW: {
    title: 'There are too few runs to compare',
    what: 'The folder does not hold two runs of one target that prove something.',
    why: 'A comparison over time needs two runs. Runs that prove nothing do not count.',
    fix: 'Make more runs with `conform check`.',
    exitCode: 3,
    example: {
      given: 'The folder holds one run.',
      run: 'conform drift reports/runs',
      prints:
        'error CONFORM_E_RUNS_TOO_FEW: reports/runs: the folder does not hold two runs of one target that prove something\n  Make more with conform check.',
    },
  },
  CONFORM_E_RUNS_NOT_JOINABLE: {
    title: 'Run files cannot be merged',
    what: 'The files are not the shards of one run.',
    why: 'They are of different targets, contracts or policies, or one operation is in two of them.',
    fix: 'Merge the shards of one `conform check --shard` only, each once.',
    exitCode: 2,
    example: {
      given: 'The second file is of another target.',
      run: 'conform merge one.json other.json',
      prints:
        'error CONFORM_E_RUNS_NOT_JOINABLE: other.json: the run does not belong to one.json: its target is sandbox, there it is production\n  Merge only the shards of one run.',
    },
  },
  CONFORM_E_ACCEPT_OF_WORLD: {
    title: 'The expectation of a world is not accepted from a run',
    what: 'The run is of the replica, which serves a recorded world.',
    why: 'What a world is expected to do is recorded in the file of the world, together with what was observed.',
    fix: 'Change `expect` in the file of the world.',
    exitCode: 2,
    example: {
      given: 'The newest run of the replica served the world of 2026-02-26.',
      run: 'conform accept --target replica',
      prints:
        'error CONFORM_E_ACCEPT_OF_WORLD: the file of the world 2026-02-26 says what is expected of it\n  Change “expect” in worlds/2026-02-26.yaml of the spec folder.',
    },
  },
  CONFORM_E_TICKET_UNKNOWN: {
    title: 'There is no such ticket',
    what: 'The runs give no ticket with that id.',
    why: 'The id is misspelled, or the cause is no longer in the newest runs.',
    fix: 'Take one of the ids that the message lists. `conform ticket` without `--cause` writes all tickets.',
    exitCode: 2,
    example: {
      given: 'The runs give the ticket `unknown-route`.',
      run: 'conform ticket --cause unknown-rote',
      prints:
        'error CONFORM_E_TICKET_UNKNOWN: there is no ticket “unknown-rote”\n  Tickets are: unknown-route.',
    },
  },
  CONFORM_E_RECORD_UNREADABLE: {
    title: 'A stored result cannot be read',
    what: 'A ticket or a result of the bench does not have the form in which it was stored.',
    why: 'The file was cut off, edited by hand, or written by another version.',
    fix: 'Make it again with the command that the message names.',
    exitCode: 2,
    example: {
      given: 'The result of the bench was edited by hand.',
      run: 'conform gate --consumer shop',
      prints:
        'error CONFORM_E_RECORD_UNREADABLE: reports/bench.json: the file is not a result of the bench\n  Make a new one with conform bench.',
    },
  },
  CONFORM_E_TEMPLATE_UNKNOWN: {
    title: 'There is no such template',
    what: 'The template that was named does not exist.',
    why: 'The name is misspelled, or `--templates` names another folder.',
    fix: 'Take one of the names that the message lists.',
    exitCode: 2,
    example: {
      given: 'There is a run to report.',
      run: 'conform report --template statuss',
      prints:
        'error CONFORM_E_TEMPLATE_UNKNOWN: there is no template “statuss”\n  Templates are: status, summary.',
    },
  },
  CONFORM_E_TEMPLATE_INVALID: {
    title: 'A template fails',
    what: 'A Handlebars template could not be compiled, or uses a value that is not there.',
    why: 'The template has a syntax error, or was written for another version.',
    fix: 'Correct the template at the line that the message names.',
    exitCode: 2,
    example: {
      given: 'The template has `{{#each}}` without its end.',
      run: 'conform report --template own --templates my-templates',
      prints:
        'error CONFORM_E_TEMPLATE_INVALID: my-templates/own.md.hbs:7: Parse error on line 7\n  Correct the template at that line.',
    },
  },
  CONFORM_E_CALLS_UNREADABLE: {
    title: 'A file holds no calls',
    what: '`conform audit` found no calls in the file.',
    why: 'The file has a form that is not read, or its JSON is cut off.',
    fix: 'Name a file in one of the forms that the message lists. Name a folder of code with `--source`.',
    exitCode: 2,
    example: {
      given: '`notes.txt` is a text without calls.',
      run: 'conform audit notes.txt',
      prints:
        'error CONFORM_E_CALLS_UNREADABLE: notes.txt: the file holds no calls\n  Forms that are read: HAR, Postman collection, lines of METHOD URL, …',
    },
  },
} as const satisfies ProblemEntries;

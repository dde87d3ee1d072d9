import type { ProblemEntries } from './entry.js';

/** Faults of the command line itself. */
export const USAGE_ERRORS = {
  CONFORM_E_COMMAND_MISSING: {
    title: 'No command is named',
    what: 'The command line names no command, or a command that has others below it without one of these.',
    why: '`conform` does nothing by itself. `conform cache` is a group of commands as well.',
    fix: 'Choose a command from the list that is printed, for example `conform check`.',
    exitCode: 2,
    example: {
      given: 'The list of commands is printed first.',
      run: 'conform cache',
      prints:
        'error CONFORM_E_COMMAND_MISSING: no command is named\n  conform cache --help lists the commands.',
    },
  },
  CONFORM_E_COMMAND_UNKNOWN: {
    title: 'There is no such command',
    what: 'The first word of the command line is not the name of a command.',
    why: 'The name is misspelled, or the installed version is older than the command.',
    fix: 'Take the name that the message suggests, or look it up with `conform --help`. `conform --version` prints the version.',
    exitCode: 2,
    example: {
      run: 'conform chek',
      prints:
        "error CONFORM_E_COMMAND_UNKNOWN: unknown command 'chek'\n  Did you mean check? conform --help lists the commands.",
    },
  },
  CONFORM_E_OPTION_UNKNOWN: {
    title: 'The command has no such option',
    what: 'The command line has an option that this command does not know.',
    why: 'The option is misspelled, or belongs to another command.',
    fix: 'Look up the options with `conform <command> --help`.',
    exitCode: 2,
    example: {
      run: 'conform check --tarket mock',
      prints:
        "error CONFORM_E_OPTION_UNKNOWN: unknown option '--tarket'\n  Did you mean --target? conform check --help lists the options.",
    },
  },
  CONFORM_E_OPTION_VALUE_MISSING: {
    title: 'An option has no value',
    what: 'An option that takes a value is at the end of the command line.',
    why: 'The value was forgotten, or a shell variable that should hold it is empty.',
    fix: 'Write the value behind the option.',
    exitCode: 2,
    example: {
      run: 'conform check --target',
      prints:
        "error CONFORM_E_OPTION_VALUE_MISSING: option '--target <name>' argument missing\n  conform check --help lists the options.",
    },
  },
  CONFORM_E_OPTION_REQUIRED: {
    title: 'An option is missing',
    what: 'The command cannot work without an option that was not given.',
    why: 'Some options are always required. Others are required because of another option: a reason needs what it is the reason for.',
    fix: 'Add the option that the message names.',
    exitCode: 2,
    example: {
      run: 'conform check --base-url http://127.0.0.1:4010',
      prints:
        'error CONFORM_E_OPTION_REQUIRED: --base-url needs exactly one --target\n  Name the target whose address it replaces.',
    },
  },
  CONFORM_E_OPTION_CONFLICT: {
    title: 'Two options contradict each other',
    what: 'The command line has two options that cannot both hold.',
    why: 'Both say the same thing in different ways, for example which run is read.',
    fix: 'Leave one of the two out.',
    exitCode: 2,
    example: {
      run: 'conform replica --run run.json --world 2026-02-26',
      prints:
        'error CONFORM_E_OPTION_CONFLICT: --run and --world exclude each other\n  Give a date or a run, not both.',
    },
  },
  CONFORM_E_VALUE_INVALID: {
    title: 'A value on the command line is not allowed',
    what: 'An option or an argument has a value that the command cannot use.',
    why: 'The value has another form than the command expects, or is not one of the values that it knows.',
    fix: 'Write the value in the form that the message shows.',
    exitCode: 2,
    example: {
      run: 'conform mock --port 99999',
      prints:
        "error CONFORM_E_VALUE_INVALID: option '--port <n>' argument '99999' is invalid\n  A port is a number from 0 to 65535. conform mock --help lists the options.",
    },
  },
  CONFORM_E_ARGUMENT_MISSING: {
    title: 'An argument is missing',
    what: 'The command needs a file, a number or another argument that was not given.',
    why: 'The argument was forgotten, or a shell variable that should hold it is empty.',
    fix: 'Add the argument. `conform <command> --help` shows examples.',
    exitCode: 2,
    example: {
      run: 'conform audit',
      prints:
        'error CONFORM_E_ARGUMENT_MISSING: nothing to audit was named\n  Name files with calls, - for standard input, or a folder of code with --source.',
    },
  },
  CONFORM_E_ARGUMENT_UNEXPECTED: {
    title: 'There is an argument too many',
    what: 'The command line has an argument that the command does not take.',
    why: 'A value with spaces was not quoted, or an option lost its two dashes.',
    fix: 'Quote values that hold spaces, and check the order of the words with `conform <command> --help`.',
    exitCode: 2,
    example: {
      run: 'conform report latest/mock.json',
      prints:
        "error CONFORM_E_ARGUMENT_UNEXPECTED: too many arguments for 'report'. Expected 0 arguments but got 1\n  conform report --help lists the options.",
    },
  },
} as const satisfies ProblemEntries;

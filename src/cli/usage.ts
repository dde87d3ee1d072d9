import type { CommanderError, CommandUnknownOpts } from '@commander-js/extra-typings';
import type { ProblemCode } from '../errors/catalogue.js';
import { Problem } from '../problem.js';

/** The code of each error of the library that reads the command line. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  'commander.help': 'CONFORM_E_COMMAND_MISSING',
  'commander.unknownCommand': 'CONFORM_E_COMMAND_UNKNOWN',
  'commander.unknownOption': 'CONFORM_E_OPTION_UNKNOWN',
  'commander.optionMissingArgument': 'CONFORM_E_OPTION_VALUE_MISSING',
  'commander.missingMandatoryOptionValue': 'CONFORM_E_OPTION_REQUIRED',
  'commander.conflictingOption': 'CONFORM_E_OPTION_CONFLICT',
  'commander.missingArgument': 'CONFORM_E_ARGUMENT_MISSING',
  'commander.excessArguments': 'CONFORM_E_ARGUMENT_UNEXPECTED',
  'commander.invalidArgument': 'CONFORM_E_VALUE_INVALID',
};

/**
 * Wrong usage, as the library reports it, as a Problem.
 * @param command the command at which it was found
 */
export function usageProblem(error: CommanderError, command: CommandUnknownOpts): Problem {
  const code = CODES[error.code] ?? 'CONFORM_E_VALUE_INVALID';
  const help = `${pathOf(command)} --help lists the ${command.commands.length > 0 ? 'commands' : 'options'}.`;
  if (code === 'CONFORM_E_COMMAND_MISSING') return new Problem(code, 'no command is named', { remedy: help });
  const [first = '', ...others] = error.message.replace(/^error: /, '').split('\n');
  // Of a value, the library says in one line that it is wrong and how to write it.
  const [, what = first, how] = /^(.* is invalid)\. (.+)$/.exec(first) ?? [];
  const hints = [how, ...others.map((line) => line.replace(/^\((.*)\)$/, '$1'))];
  return new Problem(code, what.replace(/\.$/, ''), {
    remedy: [...hints.filter((hint) => hint !== undefined && hint !== ''), help].join(' '),
  });
}

/** `conform cache sync` */
function pathOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

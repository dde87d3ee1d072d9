import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { entryOfCode } from '../../errors/catalogue.js';
import { allCodes, looksLikeCode } from '../../errors/page.js';
import { likely } from '../../nearest.js';
import { Problem } from '../../problem.js';
import { errorIndex, errorPage } from '../error-page.js';

/**
 * Replaces Commander's own, which answers an unknown name with the whole help instead of an error.
 * @param examples lines that start it
 */
export function helpCommand(examples: string) {
  return new Command('help')
    .summary('show the help of a command, or the page of an error')
    .description(
      'Shows the help of a command, as the command itself does with --help. Of the code of an error, shows what happened, ' +
        'why, and what to do; “errors” lists all codes.',
    )
    .argument('[command...]', 'a command and the one below it; or the code of an error; or “errors”')
    .addHelpText(
      'after',
      `
Examples:
${examples}

Exit codes: 0 shown, 2 there is no such command or code.`,
    )
    .action((names, _, self) => {
      const [first = ''] = names;
      const page = looksLikeCode(first) ? pageOf(first.toUpperCase()) : undefined;
      if (first === 'errors' || page !== undefined) {
        self.configureOutput().writeOut?.(page ?? errorIndex());
        return;
      }
      let at: CommandUnknownOpts = self.parent ?? self;
      for (const name of names) at = commandBelow(at, name);
      at.outputHelp();
    });
}

/** @throws Problem when there is no such code */
function pageOf(code: string): string {
  const entry = entryOfCode(code);
  if (entry) return errorPage(code, entry);
  const near = likely(code, allCodes());
  throw new Problem('CONFORM_E_VALUE_INVALID', `there is no error code “${code}”`, {
    remedy: `${near === undefined ? '' : `The nearest is ${near}. `}conform help errors lists all codes.`,
  });
}

/** @throws Problem when there is none of that name */
function commandBelow(command: CommandUnknownOpts, name: string): CommandUnknownOpts {
  const found = command.commands.find((one) => one.name() === name);
  if (found) return found;
  const near = likely(
    name,
    command.commands.map((one) => one.name()),
  );
  return command.error(
    `error: unknown command '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`,
    { code: 'commander.unknownCommand' },
  );
}

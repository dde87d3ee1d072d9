import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { likely } from '../../nearest.js';

/**
 * Replaces Commander's own, which answers an unknown name with the whole help instead of an error.
 * @param examples lines that start it
 */
export function helpCommand(examples: string) {
  return new Command('help')
    .summary('show the help of a command')
    .description('Shows the help of a command, as the command itself does with --help.')
    .argument('[command...]', 'its name, and the name of the one below it')
    .addHelpText(
      'after',
      `
Examples:
${examples}

Exit codes: 0 shown, 2 there is no such command.`,
    )
    .action((names, _, self) => {
      let at: CommandUnknownOpts = self.parent ?? self;
      for (const name of names) at = commandBelow(at, name);
      at.outputHelp();
    });
}

/** @throws CommanderError when there is none of that name */
function commandBelow(command: CommandUnknownOpts, name: string): CommandUnknownOpts {
  const found = command.commands.find((one) => one.name() === name);
  if (found) return found;
  const near = likely(
    name,
    command.commands.map((one) => one.name()),
  );
  return command.error(
    `error: unknown command '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`,
  );
}

import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { command } from '../options.js';
import type { Start } from '../host.js';

export function completionCommand(start: Start) {
  return command('completion')
    .summary('print a script by which a shell completes this command line')
    .description(
      'Prints a script that completes commands, options, and values that are known: words of a list, files and ' +
        'folders. It is made from the definitions of the commands, so make it again after an update.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish'] as const))
    .addHelpText(
      'after',
      `
Examples:
  eval "$(conform completion bash)"                              in ~/.bashrc
  eval "$(conform completion zsh)"                               in ~/.zshrc, after compinit
  conform completion fish > ~/.config/fish/completions/conform.fish

Exit codes: 0 printed, 2 wrong usage.`,
    )
    .action((shell, options, self) =>
      start(async (host) => {
        const { completion } = await import('../actions/completion.js');
        return completion(rootOf(self), shell, options, host);
      }),
    );
}

function rootOf(command: CommandUnknownOpts): CommandUnknownOpts {
  return command.parent === null ? command : rootOf(command.parent);
}

import { command } from '../options.js';
import type { Start } from '../host.js';

export function checksCommand(start: Start) {
  return command('checks')
    .summary('list the promises that hosts can be held to')
    .description(
      'Lists the checks of conform check: what each promises, who says so, whether it is on, how many requests it may ' +
        'send for an operation, and the codes of its findings. Asks nothing.',
    )
    .option('--target <name>', 'whether each is on for this target, by checks.yaml of the spec folder')
    .addHelpText(
      'after',
      `
Examples:
  conform checks
  conform checks --target production      which of them are on there
  conform checks --json

Exit codes: 0 listed, 2 wrong usage, or checks.yaml is wrong.`,
    )
    .action((options) =>
      start(async (host) => {
        const { listChecks } = await import('../actions/checks.js');
        return listChecks(options, host);
      }),
    );
}

import { command } from '../options.js';
import type { Start } from '../start.js';

export function checksCommand(start: Start) {
  return command('checks')
    .summary('list the promises that reads can be held to')
    .description(
      'Lists the checks that conform check --checks runs: what each promises, who says so, and how many requests ' +
        'it may send for an operation. Asks nothing.',
    )
    .addHelpText(
      'after',
      `
Examples:
  conform checks
  conform checks --json`,
    )
    .action((options) =>
      start(async (host) => {
        const { listChecks } = await import('../actions/checks.js');
        return listChecks(options, host);
      }),
    );
}

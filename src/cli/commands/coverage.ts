import { keepingCommand } from '../options.js';
import type { Start } from '../host.js';

export function coverageCommand(start: Start) {
  return keepingCommand('coverage')
    .summary('show which parts of the contract no run has ever seen')
    .description(
      'Sums up a folder of runs: which operations, parameters, listed values, members, statuses and media types of the ' +
        'contract were seen on each target, and which never. The default folder is runs/ in --out. Asks nothing.',
    )
    .argument('[folder]', 'a folder of runs')
    .option('--target <name>', 'only this target')
    .addHelpText(
      'after',
      `
Examples:
  conform coverage --target production
  conform coverage --json                  every name that was never seen, for programs

Exit codes: 0 summed up, 2 wrong usage, 3 no run says what it has seen.`,
    )
    .action((folder, options) =>
      start(async (host) => {
        const { coverage } = await import('../actions/coverage.js');
        return coverage(folder, options, host);
      }),
    );
}

import { keepingCommand, positive } from '../options.js';
import type { Start } from '../host.js';

export function historyCommand(start: Start) {
  return keepingCommand('history')
    .summary('show since when each operation works or fails')
    .description(
      'Sums up a folder of runs: per operation since when it has worked or not, how often it flapped, and its ' +
        'uptime. The default folder is runs/ in --out.',
    )
    .argument('[folder]', 'a folder of runs')
    .option('--target <name>', 'only this target')
    .option('--days <number>', 'how many days the grid shows', positive, 90)
    .option('--prune', 'remove all runs but the first and the last of each state')
    .option('--plan', 'with --prune: only say what would be removed')
    .addHelpText(
      'after',
      `
Examples:
  conform history --target production --days 30
  conform history --prune --plan         which runs are not needed any more
  conform history --store postgres://conform@db/fleet --agency rosewood

Pruning keeps the first and the newest run of a target, and both sides of every change: uptime,
flaps and dates stay as they are.

Exit codes: 0 summed up, 2 wrong usage, 3 no run proves anything.`,
    )
    .action((folder, options) =>
      start(async (host) => {
        const { history } = await import('../actions/history.js');
        return history(folder, options, host);
      }),
    );
}

import { keepingCommand } from '../options.js';
import type { Start } from '../host.js';

export function mergeCommand(start: Start) {
  return keepingCommand('merge')
    .summary('join the runs of shards')
    .description(
      'Joins runs that conform check --shard I/N made of one target, after checking that they belong together, ' +
        'and writes the whole as the newest run of the target. Give --out another folder than that of the shards.',
    )
    .argument('<run...>', 'the run files of the shards')
    .addHelpText(
      'after',
      `
Examples:
  conform merge shards/1.json shards/2.json --out reports

Exit codes: 0 all as expected, 1 not as expected, 2 wrong usage, 3 no verdict possible.`,
    )
    .action((files, options) =>
      start(async (host) => {
        const { merge } = await import('../actions/merge.js');
        return merge(files, options, host);
      }),
    );
}

import { collect, keepingCommand, instant } from '../options.js';
import type { Start } from '../host.js';

export function gateCommand(start: Start) {
  return keepingCommand('gate')
    .summary('decide whether a consumer may be deployed, feature by feature')
    .description(
      'Judges what runs prove of the features that spec/consumers/<name>.yaml lists. Without --run: the newest ' +
        'runs of the targets that its policy names. The newest bench is read from latest/bench.json.',
    )
    .requiredOption('--consumer <name>', 'a file of spec/consumers, without its ending')
    .option('--run <run>', 'a run to take as evidence, by its file or its id; may be repeated', collect)
    .option('--at <time>', 'judge the age of evidence as of this moment (default: now)', instant)
    .option('--override <reason>', 'let it pass anyway; the reason is recorded in gate/')
    .addHelpText(
      'after',
      `
Examples:
  conform gate --consumer gigi                                         on the newest runs
  conform gate --consumer gigi --run reports/latest/production.json    on one run
  conform gate --consumer gigi --override "the vendor has confirmed the fix by phone"

The first line says whether it may be deployed and why. Evidence that is too old, or was not asked for, shuts a feature as a
failure does, unless the policy of the consumer states otherwise.

Exit codes: 0 open (or overridden), 1 shut, 2 wrong usage, 3 nothing could be judged.`,
    )
    .action((options) =>
      start(async (host) => {
        const { gate } = await import('../actions/gate.js');
        return gate(options, host);
      }),
    );
}

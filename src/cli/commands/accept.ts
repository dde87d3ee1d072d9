import { collect, keepingCommand } from '../options.js';
import type { Start } from '../host.js';

export function acceptCommand(start: Start) {
  return keepingCommand('accept')
    .summary('make what a run shows the new expectation')
    .description(
      'Writes what a run shows to spec/expected/<target>.yaml, for review as a diff. What the run did not ask ' +
        'stays as it was. Without --run: the newest run of --target.',
    )
    .option('--run <run>', 'the run: its file or its id')
    .option('--target <name>', 'the target whose newest run is used')
    .option('--only <text>', 'only operations whose id, operationId or tag contains this', collect)
    .option(
      '--reason <text>',
      'why it is accepted; with --owner and --until, what does not work is a known defect',
    )
    .option('--owner <name>', 'who answers for the defect')
    .option('--until <date>', 'the last day on which it is accepted, YYYY-MM-DD')
    .option('--ticket <text>', 'the ticket that asks for the fix')
    .option('--by <name>', 'who accepts it (default: the account that runs this)')
    .addHelpText(
      'after',
      `
Examples:
  conform accept --target production --reason "the vendor moved notes to v2, agreed on 3 March"
  conform accept --run reports/latest/production.json --only documents --reason "crashes, ticket sent" \\
      --owner "Integration team" --until 2027-01-31 --ticket T-7

A known defect dies with its date, and when status, cause, words, shape or latency class of the answer change.
Who accepted what, when and why is in spec/expected/<target>.log.jsonl beside the file.
Exit codes: 0 written or nothing to write, 2 wrong usage, 3 the run proves nothing.`,
    )
    .action((options) =>
      start(async (host) => {
        const { accept } = await import('../actions/accept.js');
        return accept(options, host);
      }),
    );
}

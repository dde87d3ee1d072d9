import { demandPart } from '../installed.js';
import { keepingCommand, writes } from '../options.js';
import type { Start } from '../host.js';

export function suitesCommand(start: Start) {
  return keepingCommand('suites')
    .summary('run the conformance suites over a run')
    .description(
      'States, test by test, what must hold of a run: a recorded one (--run), or one that is made first (--target); then the flows of the spec folder (workflows/*.yaml) are run on that target, step by step, live. A step that changes something is sent as far as the write policy goes, on what the flow itself has created; everything else is skipped with the reason.',
    )
    .option('--target <name>', 'make a run of this target first, and run the flows on it')
    .addOption(writes('how far flows change something (default: what targets.yaml says)'))
    .option('--run <run>', 'the run to test (default: the newest of the mock)')
    .addHelpText(
      'after',
      `
Examples:
  conform suites                                           over the newest run of the mock
  conform suites --run reports/latest/production.json      over a recorded run
  conform suites --target replica                          over a run that is made first, and its flows

Exit codes: 0 every promise holds, 1 one does not, 2 wrong usage, 3 with --target: no verdict possible.`,
    )
    .action((options) =>
      start(async (host) => {
        demandPart('suites', 'conform suites');
        const { suites } = await import('../actions/suites.js');
        return suites(options, host);
      }),
    );
}

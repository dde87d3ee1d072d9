import { command } from '../options.js';
import type { Start } from '../start.js';

export function suitesCommand(start: Start) {
  return command('suites')
    .summary('run the conformance suites over a run')
    .description(
      'States, test by test, what must hold of a run: a recorded one (--run), or one that is made first (--target); then what a consumer does with the target is done step by step, live, through the generated client. Nothing real is written to.',
    )
    .option('--target <name>', 'make a run of this target first, and go through the workflows on it')
    .option('--run <file>', 'the run to test (default: the newest of the mock)')
    .action((options) =>
      start(async (host) => {
        const { suites } = await import('../actions/suites.js');
        return suites(options, host);
      }),
    );
}

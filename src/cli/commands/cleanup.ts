import { command } from '../options.js';
import type { Start } from '../host.js';

export function cleanupCommand(start: Start) {
  return command('cleanup')
    .summary('remove what an interrupted run left behind')
    .description(
      'Reads the journals of runs that created something and could not remove it, and removes it now. A journal ' +
        'is gone when nothing that it names is left.',
    )
    .option('--target <name>', 'only what was left on this target')
    .option('--base-url <url>', 'the address at which the target is reached now')
    .option('--forget', 'delete also journals of requests whose answer is not known, after you have looked')
    .addHelpText(
      'after',
      `
Examples:
  conform cleanup                      what is left on all targets
  conform cleanup --target sandbox     on one of them

Exit codes: 0 nothing is left, 1 something is, 2 wrong usage, 3 the target could not be asked.`,
    )
    .action((options) =>
      start(async (host) => {
        const { cleanup } = await import('../actions/cleanup.js');
        return cleanup(options, host);
      }),
    );
}

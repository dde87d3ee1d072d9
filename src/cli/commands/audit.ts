import { command } from '../options.js';
import type { Start } from '../start.js';

export function auditCommand(start: Start) {
  return command('audit')
    .summary('hold a consumer’s calls against the contract')
    .description(
      'Says of each call in a HAR file, or of each line of METHOD URL, whether the contract has it, and which ' +
        'operation was probably meant where it does not. Asks nothing of any network.',
    )
    .argument('<file>', 'a HAR file or lines of METHOD URL; - for standard input')
    .addHelpText('after', '\nExit codes: 0 every call is known, 1 one is not, 2 wrong usage.')
    .action((file, options) =>
      start(async (host) => {
        const { auditCalls } = await import('../actions/audit.js');
        return auditCalls(file, options, host);
      }),
    );
}

import { command } from '../options.js';
import type { Start } from '../start.js';

export function explainCommand(start: Start) {
  return command('explain')
    .summary('say what a refusal means')
    .description(
      'Explains a refusal that is pasted or piped in: the output of curl -i or curl -v, a HAR file, or a bare ' +
        'body. Asks nothing of any network, and so is never certain: it says what would prove it.',
    )
    .argument('[file]', 'a file with the refusal (default: standard input)')
    .addHelpText(
      'after',
      `
Examples:
  curl -si https://host/v1/things | conform explain
  conform explain refusals.har --json`,
    )
    .action((file, options) =>
      start(async (host) => {
        const { explainRefusals } = await import('../actions/explain.js');
        return explainRefusals(file, options, host);
      }),
    );
}

import { command } from '../options.js';

export function explainCommand() {
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
    .action(async (file, options) => {
      const { explainRefusals } = await import('../actions/explain.js');
      process.exitCode = await explainRefusals(file, options);
    });
}

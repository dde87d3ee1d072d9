import { keepingCommand, httpMethod, httpStatus, httpUrl } from '../options.js';
import type { Start } from '../host.js';

export function explainCommand(start: Start) {
  return keepingCommand('explain')
    .summary('say what a refusal means')
    .description(
      'Explains refusals that are pasted or piped in, as people keep them: what curl or another client printed, a HAR ' +
        'file, lines of a log, an exception, a body. Of several the last refusal comes first. Asks nothing of any ' +
        'network, and so is never certain: it says what would prove it. With a spec folder it also says what the ' +
        'contract and the newest run have of the request.',
    )
    .argument('[file]', 'a file with the text (default: standard input)')
    .option('--status <code>', 'the status that it came with, where the text does not say it', httpStatus)
    .option('--method <name>', 'the method of the request, where the text does not say it', httpMethod)
    .option('--url <url>', 'the address of the request, or its path, where the text does not say it', httpUrl)
    .option('--details', 'each answer by itself, also where several mean the same')
    .addHelpText(
      'after',
      `
Examples:
  curl -si https://host/v1/things | conform explain
  conform explain refusals.har --json
  conform explain body.json --status 403 --url https://host/v1/things

Exit codes: 0 something could be said, 2 wrong usage, 3 no answer was found, or nothing is known of it.`,
    )
    .action((file, options) =>
      start(async (host) => {
        const { explainRefusals } = await import('../actions/explain.js');
        return explainRefusals(file, options, host);
      }),
    );
}

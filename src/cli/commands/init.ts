import { collect, command } from '../options.js';
import type { Start } from '../host.js';

export function initCommand(start: Start) {
  return command('init')
    .summary('make a spec folder from a contract, and a first run on the mock')
    .description(
      'Writes a spec folder (--spec-dir) from an OpenAPI 3.0, 3.1 or Swagger 2.0 file: the contract, targets.yaml, ' +
        'samples.yaml and a consumer, with comments that say what to change. What the contract says is not asked for; ' +
        'on a terminal at most four questions are. Then the mock is checked. Nothing is sent to any host, and nothing ' +
        'that is there is overwritten.',
    )
    .argument('[contract]', 'the OpenAPI or Swagger file (default: the one that is in --spec-dir already)')
    .option('--spec <file>', 'the same as the argument')
    .option('--base-url <url>', 'the address of the live host')
    .option(
      '--credential <name>',
      'the security scheme that you have a credential for, as NAME or NAME=VARIABLE,…; bearer, basic or none',
    )
    .option(
      '--id <name=value>',
      'a value for a parameter that the contract does not give; may be repeated',
      collect,
    )
    .option('--consumer <name>', 'the name of your application that uses the API')
    .option('--no-run', 'write the folder only, and do not check the mock')
    .addHelpText(
      'after',
      `
Examples:
  conform init openapi.yaml                            the folder spec, and a first run
  conform init vendor.json --spec-dir vendor           another folder
  conform init vendor.json --base-url https://sandbox.example.com --credential apiKey=VENDOR_KEY
  conform init vendor.json --id owner=octo --no-run    a value for {owner}; no run

A URL is not downloaded: curl -fL -o openapi.yaml URL. Secrets are never given here: --credential names variables.
Exit codes: 0 the folder is written, 2 wrong usage or nothing could be written, 3 the run on the mock judged nothing.`,
    )
    .action((contract, options) =>
      start(async (host) => {
        const { init } = await import('../actions/init.js');
        return init(contract, options, host);
      }),
    );
}

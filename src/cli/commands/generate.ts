import { demandPart } from '../installed.js';
import { keepingCommand } from '../options.js';
import type { Start } from '../host.js';

export function generateCommand(start: Start) {
  return keepingCommand('generate')
    .summary('write the typed client and the operation table from the contract')
    .description('Writes TypeScript from the contract: types, a table of operations, and a typed client.')
    .option('--spec <file>', 'the contract (default: the one in the spec folder)')
    .option('--into <dir>', 'the folder to write to', 'generated')
    .option(
      '--observed <run>',
      'a run file: calling an operation that it shows as unrouted becomes a type error',
    )
    .option('--check', 'write nothing; fail when what is there is out of date')
    .addHelpText(
      'after',
      `
Examples:
  conform generate
  conform generate --check                                         in CI: fails when it is out of date
  conform generate --observed reports/latest/production.json       with what that host does not route
  conform generate --spec-dir my-api --into my-api/generated

Exit codes: 0 written (with --check: up to date), 1 with --check: out of date, 2 wrong usage.`,
    )
    .action((options) =>
      start(async (host) => {
        demandPart('types', 'conform generate');
        const { generate } = await import('../actions/generate.js');
        return generate(options, host);
      }),
    );
}

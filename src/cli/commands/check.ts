import { Option } from '@commander-js/extra-typings';
import { Problem } from '../../problem.js';
import { collect, keepingCommand, duration, shard, writes } from '../options.js';
import type { Start } from '../host.js';

export function checkCommand(start: Start) {
  return keepingCommand('check')
    .summary('ask a target what it does, judge it, record it')
    .description(
      'Asks every operation of the contract on each target, judges every answer, and writes a run file and a ' +
        'report. Without --target: the mock and the replica, which need no account and no network.',
    )
    .option('--target <name>', 'a target of targets.yaml; may be repeated', collect)
    .option('--spec <file>', 'another contract than that of --spec-dir')
    .option(
      '--only <text>',
      'only operations whose id, operationId or tag contains this; may be repeated',
      collect,
    )
    .addOption(writes('how far operations that change something are asked'))
    .option('--plan', 'only say what would be asked')
    .option('--shard <i/n>', 'only the I-th of N parts of the contract, alike in weight', shard)
    .option('--world <date>', 'the world that the replica serves (default: the newest)')
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .option(
      '--checks <name>',
      'hold the host to these promises: all, a family (list/*) or one (list/page-size); may be repeated',
      collect,
    )
    .addOption(noChecks())
    .option('--details', 'print every cause in full and every operation, however many they are')
    .option('--deadline <time>', 'stop asking after this time, for example 10m', duration)
    .addOption(
      new Option('--contract', 'judge the contract itself; no target is asked anything').conflicts([
        ...[
          'target',
          'only',
          'writes',
          'plan',
          'shard',
          'world',
          'baseUrl',
          'deadline',
          'checks',
          'noChecks',
          'details',
        ],
      ]),
    )
    .addOption(
      new Option(
        '--format <name>',
        'with --contract: sarif also writes latest/contract.sarif below --out',
      ).choices(['sarif'] as const),
    )
    .addHelpText(
      'after',
      `
Examples:
  conform check                                        the mock and the replica
  conform check --target production --only patients    the reads of one tag, live
  conform check --target sandbox --plan                what would be asked, before a byte leaves
  conform check --target sandbox --checks 'list/*'     held to the promises of lists, and to no others
  conform check --target sandbox --no-checks 'http/*'  held to all but those of one family
  conform check --contract --spec vendor.yaml          what is wrong with the contract itself
  conform check --target production --store postgres://conform@db/fleet --agency rosewood

All checks are on, unless checks.yaml of the spec folder says otherwise; conform checks lists them.
Credentials come from the environment or a .env file; spec/targets.yaml names the variables.
Exit codes: 0 all as expected, 1 not as expected, 2 wrong usage, 3 no verdict possible.
With --contract: 0 no error was found (there may be warnings), 1 one was, 2 it cannot be read.`,
    )
    .action((options) =>
      start(async (host) => {
        if (options.contract) {
          const { checkContract } = await import('../actions/check-contract.js');
          return checkContract(options, host);
        }
        if (options.format !== undefined) {
          throw new Problem('CONFORM_E_OPTION_REQUIRED', '--format needs --contract', {
            remedy: 'The report of a run is written in other formats by conform report --format.',
          });
        }
        const { check } = await import('../actions/check.js');
        return check(options, host);
      }),
    );
}

/** An option that is called like the contrary of another, and has values of its own. */
function noChecks() {
  const option = new Option(
    '--no-checks <name>',
    'leave these promises out, even where a file switches them on: all, a family or one; may be repeated',
  ).argParser(collect);
  // Otherwise it would only say that there is no --checks.
  option.negate = false;
  return option;
}

import { Option } from '@commander-js/extra-typings';
import { collect, keepingCommand, duration } from '../options.js';
import type { Start } from '../host.js';

export function nightlyCommand(start: Start) {
  return keepingCommand('nightly')
    .summary('run a whole night in one command: ask, compare, report, notify')
    .description(
      'Asks each target, compares the run with what is expected of it and with the nights before, writes the report ' +
        'and the tickets, judges the gates on this run, and notifies whoever nightly.yaml of the spec folder names. ' +
        'The first line says what kind of night it was, what is new, since when, who is affected, and what to do.',
    )
    .option(
      '--target <name>',
      'a target of targets.yaml; may be repeated (default: those of nightly.yaml, or every live host)',
      collect,
    )
    .option(
      '--consumer <name>',
      'whose gate is judged; may be repeated (default: those of nightly.yaml, or those that count on a target)',
      collect,
    )
    .option('--require-gate', 'a gate that is shut makes the night red')
    .addOption(
      new Option('--deadline <time>', 'stop asking a target after this time')
        .argParser(duration)
        .default(20 * 60_000, '20m'),
    )
    .option(
      '--notify <name>',
      'only this notifier of nightly.yaml; may be repeated; “none” for nobody, “desktop” needs no entry',
      collect,
    )
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .addHelpText(
      'after',
      `
Examples:
  conform nightly                                  as nightly.yaml says
  conform nightly --target replica --notify none   the replica, and nobody is notified
  conform nightly --target production --require-gate
  conform nightly --notify desktop                 a notification on this Mac
  conform nightly --store postgres://conform@db/fleet --agency rosewood
  conform nightly --json                           the record of the night, as nights/ in --out keeps it

Two nights in one output folder do not overlap: the second ends with 3 and says who holds the lock.
Whoever is notified hears of each change once, and of its end.

Exit codes: 0 as expected, 1 something changed (or a gate that is required is shut), 2 wrong configuration or
something could not be written, 3 no verdict (no network, no credentials, another night is running).`,
    )
    .action((options) =>
      start(async (host) => {
        const { nightly } = await import('../actions/nightly.js');
        return nightly(options, host);
      }),
    );
}

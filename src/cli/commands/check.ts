import { collect, command, duration, shard } from '../options.js';
import type { Start } from '../start.js';

export function checkCommand(start: Start) {
  return command('check')
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
    .option(
      '--writes <policy>',
      'how far operations that change something are asked: none, route, validate, full',
    )
    .option('--plan', 'only say what would be asked')
    .option('--shard <i/n>', 'only the I-th of N parts of the contract', shard)
    .option('--world <date>', 'the world that the replica serves (default: the newest)')
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .option('--deadline <time>', 'stop asking after this time, for example 10m', duration)
    .addHelpText(
      'after',
      `
Examples:
  conform check                                       the mock and the replica
  conform check --target production --only patients   the reads of one tag, live
  conform check --target sandbox --plan               what would be asked, before a byte leaves

Credentials come from the environment or a .env file; spec/targets.yaml names the variables.
Exit codes: 0 all as expected, 1 not as expected, 2 wrong usage, 3 no verdict possible.`,
    )
    .action((options) =>
      start(async (host) => {
        const { check } = await import('../actions/check.js');
        return check(options, host);
      }),
    );
}

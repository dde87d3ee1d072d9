import { keepingCommand, duration, share, twoTargets } from '../options.js';
import type { Start } from '../host.js';

export function driftCommand(start: Start) {
  return keepingCommand('drift')
    .summary('show what changed between two runs, or against what was expected')
    .description(
      'Compares two runs; or a run with spec/expected/<target>.yaml; or all runs of a folder with the first of ' +
        'them. Without arguments: the newest run of every target against what was expected of it.',
    )
    .argument('[base]', 'a run file, a file of spec/expected, or a folder of runs')
    .argument('[head]', 'a run file')
    .option('--target <name>', 'only this target')
    .option('--targets <a,b>', 'the newest runs of two targets: what the second does differently', twoTargets)
    .option('--seen <n/m>', 'in a folder: a change counts when it was seen N of the last M times', share)
    .option('--apart <time>', 'in a folder: runs closer together than this are one sighting', duration)
    .addHelpText(
      'after',
      `
Examples:
  conform drift old.json new.json                     two runs
  conform drift reports/latest/production.json        a run against what was expected
  conform drift reports/runs --seen 3/4               the months: what changed and stayed so
  conform drift runs --store postgres://conform@db/fleet
  conform drift --targets sandbox,production          one host against another: outcome, cause, shape

Latency counts as changed when it moved beyond its noise: between two runs, when an operation
stands out from the scatter of all others, by a factor of 3 and 250 ms at least; in a folder,
when its newest median leaves its own earlier scatter, by a quarter and 20 ms at least.
In a folder a change is “unsteady” until it was seen 2 of the last 3 times (--seen), 10 minutes
apart (--apart); so is what comes and goes. What is unsteady is listed and is no drift.

Exit codes: 0 no drift, 1 drift, 2 wrong usage, 3 nothing could be compared.`,
    )
    .action((base, head, options) =>
      start(async (host) => {
        const { drift } = await import('../actions/drift.js');
        return drift(base, head, options, host);
      }),
    );
}

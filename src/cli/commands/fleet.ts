import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { demandPart } from '../installed.js';
import { collect, command, positive } from '../options.js';
import type { Start } from '../host.js';
import { fleetReportCommand } from './fleet-report.js';
import { helpCommand } from './help.js';

const STORE =
  'the PostgreSQL that the fleet works on, such as postgres://user@host:5432/database (or CONFORM_STORE)';
const FILE = 'the fleet file (default: fleet.yaml of the spec folder)';

export function fleetCommand(start: Start) {
  return new Command('fleet')
    .summary('many agencies in one night, by workers on any number of machines')
    .addHelpText(
      'after',
      `
Examples:
  conform fleet plan                       is the fleet file right, and who is due tonight
  conform fleet run --wait                 put the jobs of tonight, and follow them
  conform fleet work --concurrency 4       a worker; start as many as are needed, on any machine
  conform fleet status
  conform fleet report                     which cause shows at how many agencies, since when

Exit codes: 2 wrong usage; conform fleet COMMAND --help has those of each command.`,
    )
    .addCommand(planCommand(start))
    .addCommand(runCommand(start))
    .addCommand(workCommand(start))
    .addCommand(statusCommand(start))
    .addCommand(fleetReportCommand(start))
    .addCommand(helpCommand('  conform fleet help run'));
}

function planCommand(start: Start) {
  return command('plan')
    .summary('say what a night would do, and what is wrong in the fleet file')
    .description(
      'Reads the fleet file and looks at each agency together with its spec folder. Every fault is reported with file ' +
        'and line; an entry that is wrong is left out, and the others are not touched. Nothing is asked, no database ' +
        'is opened, and no credential is read.',
    )
    .argument('[file]', FILE)
    .option('--night <date>', 'the night that schedules are judged by (default: today, UTC)', date)
    .addHelpText(
      'after',
      `
Examples:
  conform fleet plan
  conform fleet plan fleets/west.yaml --night 2026-03-02 --json

Exit codes: 0 every entry is right, 2 wrong usage, or an entry or the file is wrong, 3 a command that lists agencies
failed.`,
    )
    .action((file, options) =>
      start(async (host) => {
        const { fleetPlan } = await import('../actions/fleet-plan.js');
        return fleetPlan(file, options, host);
      }),
    );
}

function runCommand(start: Start) {
  return command('run')
    .summary('put the jobs of one night')
    .description(
      'Puts a job for each agency that is due and was not put before: run again, or by several at once, each agency has ' +
        'one job for the night. Workers do the work (conform fleet work). It makes the schema where it is not there.',
    )
    .argument('[file]', FILE)
    .option('--store <url>', STORE)
    .option(
      '--night <date>',
      'the date of the night (default: today, UTC, by the clock of the database)',
      date,
    )
    .option('--only <text>', 'only agencies with this in their name; may be repeated', collect)
    .option('--wait', 'follow the night until every agency is recorded or given up')
    .addHelpText(
      'after',
      `
Examples:
  conform fleet run --store postgres://conform@db/conform
  conform fleet run --wait
  conform fleet run --only rosewood --night 2026-03-02

Exit codes: 0 the jobs are there (with --wait: all are recorded and green), 1 with --wait: something is red or
failed, 2 wrong usage, or an entry or the file is wrong (the others were put), 3 the database cannot be used, or with --wait: stopped.`,
    )
    .action((file, options) =>
      start(async (host) => {
        demandPart('fleet', 'conform fleet run');
        const { fleetRun } = await import('../actions/fleet-run.js');
        return fleetRun(file, options, host);
      }),
    );
}

function workCommand(start: Start) {
  return command('work')
    .summary('pass the nights of agencies, as one of any number of workers')
    .description(
      'Takes jobs, passes the night of each agency as conform nightly would, and records it in the store of that agency. ' +
        'Credentials are read in the moment, and belong to that agency alone. The rate of each host is kept over all ' +
        'workers. When it is stopped (SIGTERM) it gives its jobs back; when it dies, another worker takes them over. A database ' +
        'that does not answer when it starts is waited for, for up to 10 minutes.',
    )
    .argument('[file]', FILE)
    .option('--store <url>', STORE)
    .option('--concurrency <n>', 'how many nights it passes at once', positive, 2)
    .option('--until-empty', 'end when every night is recorded or given up')
    .addHelpText(
      'after',
      `
Examples:
  conform fleet work --store postgres://conform@db/conform
  conform fleet work --concurrency 8 --until-empty

Pages are written below --out, in a folder for each agency; runs, tickets and nights into the store.

Exit codes: 0 no night failed here, 2 wrong usage, 3 one failed (conform fleet status says which), or the database
cannot be used.`,
    )
    .action((file, options) =>
      start(async (host) => {
        demandPart('fleet', 'conform fleet work');
        const { fleetWork } = await import('../actions/fleet-work.js');
        return fleetWork(file, options, host);
      }),
    );
}

function statusCommand(start: Start) {
  return command('status')
    .summary('say how far the nights are, and who works on them')
    .description(
      'Shows the newest nights: how many agencies wait, run, and are recorded with which colour; which failed or were ' +
        'given up, with the code of why; and how many workers are alive.',
    )
    .option('--store <url>', STORE)
    .option('--fleet <name>', 'only this fleet')
    .option('--night <date>', 'only this night', date)
    .addHelpText(
      'after',
      `
Examples:
  conform fleet status
  conform fleet status --fleet home-care --json

Exit codes: 0 all of the newest night are recorded and green, 1 something is red or failed, 2 wrong usage, 3 it is not
finished, or nothing was begun.`,
    )
    .action((options) =>
      start(async (host) => {
        demandPart('fleet', 'conform fleet status');
        const { fleetStatus } = await import('../actions/fleet-status.js');
        return fleetStatus(options, host);
      }),
    );
}

function date(value: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value))
    return value;
  throw new InvalidArgumentError('A night is written like 2026-02-26.');
}

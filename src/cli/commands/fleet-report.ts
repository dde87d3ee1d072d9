import { InvalidArgumentError } from '@commander-js/extra-typings';
import { demandPart } from '../installed.js';
import { command, positive } from '../options.js';
import type { Start } from '../host.js';

const FORMATS = ['html', 'md', 'json', 'prometheus', 'otlp'] as const;
export type FleetReportFormat = (typeof FORMATS)[number];

export function fleetReportCommand(start: Start) {
  return command('report')
    .summary('say what a night shows over all agencies: causes, what changed, one ticket for each')
    .description(
      'Sums up a night over all agencies of a fleet: which cause shows at how many of them, since when, whose it is, what is new ' +
        'and what is over, and what was not recorded. Writes a page, and one ticket for each cause of the vendor, with the list ' +
        'of agencies. The formats prometheus and otlp print metrics on standard output instead. Asks nothing.',
    )
    .argument('[file]', 'the fleet file, for the name of the fleet (default: the one fleet of the store)')
    .option(
      '--store <url>',
      'the PostgreSQL that the fleet is recorded in; no password in it (or CONFORM_STORE)',
    )
    .option('--night <date>', 'the night to sum up, YYYY-MM-DD (default: the newest)', day)
    .option('--days <n>', 'how many days to look back', positive, 90)
    .option(
      '--format <name>',
      `html, md, json for files; prometheus or otlp alone for standard output; several with commas (default: html,md,json)`,
      formats,
    )
    .option('--per-agency', 'with prometheus or otlp: also a measure for each agency')
    .addHelpText(
      'after',
      `
Examples:
  conform fleet report --store postgres://conform@db/fleet
  conform fleet report spec/fleet.yaml --night 2026-03-10 --json
  conform fleet report --format prometheus > conform.prom

Exit codes: 0 all agencies recorded, green, and nothing new; 1 an agency is red, or something is new in this night;
2 wrong usage; 3 nothing was recorded, or not all. With prometheus and otlp always 0 when the metrics were printed.`,
    )
    .action((file, options) =>
      start(async (host) => {
        demandPart('store', 'conform fleet report');
        const { fleetReport } = await import('../actions/fleet-report.js');
        return fleetReport(file, options, host);
      }),
    );
}

function day(value: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  if (isDay) return value;
  throw new InvalidArgumentError('A night is written like 2026-03-10.');
}

/** @param before what an earlier `--format` has named */
function formats(value: string, before: FleetReportFormat[] | undefined): FleetReportFormat[] {
  const names = value.split(',').map((name) => name.trim());
  const known = FORMATS.filter((format) => names.includes(format) || before?.includes(format));
  if (names.every((name) => FORMATS.some((format) => format === name))) return known;
  throw new InvalidArgumentError(`Allowed are ${FORMATS.join(', ')}.`);
}

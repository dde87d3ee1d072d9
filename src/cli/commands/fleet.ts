import { Command } from '@commander-js/extra-typings';
import type { Start } from '../host.js';
import { fleetReportCommand } from './fleet-report.js';
import { helpCommand } from './help.js';

export function fleetCommand(start: Start) {
  return new Command('fleet')
    .summary('many agencies on one PostgreSQL')
    .addHelpText(
      'after',
      `
Examples:
  conform fleet report --store postgres://conform@db/fleet

Exit codes: 2 wrong usage; conform fleet COMMAND --help has those of each command.`,
    )
    .addCommand(fleetReportCommand(start))
    .addCommand(helpCommand('  conform fleet help report'));
}

import { Option } from '@commander-js/extra-typings';
import { collect, keepingCommand } from '../options.js';
import type { Start } from '../host.js';

/** Those of `documents/formats`, which are loaded only when a report is written. */
const FORMATS: readonly string[] = [
  'html',
  'md',
  'junit',
  'sarif',
  'capability-statement',
  'test-report',
  'step-summary',
  'badge',
  'coverage',
  'ctrf',
  'wfc',
];

export function reportCommand(start: Start) {
  return keepingCommand('report')
    .summary('render a run as HTML, Markdown, JUnit, SARIF, FHIR, or as a paper for one reader')
    .description(
      'Renders runs: by default the newest run of every target in the folder of runs. The step summary is also added to the file that $GITHUB_STEP_SUMMARY names.',
    )
    .option('--run <run>', 'a run to render, by its file or its id (may be repeated)', collect)
    .addOption(
      new Option('--format <name>', 'a format (may be repeated; default: html and md)')
        .choices(FORMATS)
        .argParser(collect),
    )
    .option('--template <name>', 'a paper to write instead: see --list-templates (may be repeated)', collect)
    .option('--templates <dir>', 'a folder of your own templates (NAME.md.hbs), which go before ours')
    .option('--details', 'also print all that the runs hold, operation by operation')
    .option('--list-templates', 'the names of all templates')
    .addHelpText(
      'after',
      `
Examples:
  conform report                                           the newest run of every target
  conform report --run reports/latest/production.json --format junit --format sarif
  conform report --template blocker-brief                  a paper for one reader
  conform report --list-templates

Exit codes: 0 written, 2 wrong usage, or there is no run to report.`,
    )
    .action((options) =>
      start(async (host) => {
        const { report } = await import('../actions/report.js');
        return report(options, host);
      }),
    );
}

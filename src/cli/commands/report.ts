import { command } from '../options.js';

export function reportCommand() {
  return command('report')
    .summary('render a run as Markdown and HTML')
    .description('Renders runs: by default the newest run of every target in the folder of runs.')
    .option('--run <file>', 'the run file to render')
    .action(async (options) => {
      const { report } = await import('../actions/report.js');
      process.exitCode = await report(options);
    });
}

import { collect, keepingCommand } from '../options.js';
import type { Start } from '../host.js';

export function ticketCommand(start: Start) {
  return keepingCommand('ticket')
    .summary('write a support ticket for each cause that the vendor has to fix')
    .description(
      'Writes a ticket for each cause that the vendor has to fix: Markdown, and a mail with the evidence. Tickets are kept from run to run in the folder of reports.',
    )
    .option(
      '--run <run>',
      'a run, by its file or its id (may be repeated; default: the newest of every target)',
      collect,
    )
    .option('--cause <id>', 'only this ticket, by its id or its cause')
    .option('--template <file>', 'a Handlebars template of your own for the Markdown')
    .addHelpText(
      'after',
      `
Examples:
  conform ticket                                           from the newest run of every target
  conform ticket --run reports/latest/production.json --cause route-missing

Exit codes: 0 written, or there is nothing to write, 2 wrong usage, 3 the runs prove nothing.`,
    )
    .action((options) =>
      start(async (host) => {
        const { ticket } = await import('../actions/ticket.js');
        return ticket(options, host);
      }),
    );
}

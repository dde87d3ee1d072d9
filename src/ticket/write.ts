import { join, resolve } from 'node:path';
import { writeArtefact } from '../artefact/write.js';
import { renderTemplate } from '../render/template.js';
import type { Secrets } from '../target/secrets.js';
import { harOf } from './har.js';
import { writeMail } from './mail.js';
import { ticketFolder } from './store.js';
import { currentEpisode, type Ticket } from './ticket.js';
import { ticketView, type TicketSources } from './view.js';

/** A ticket as it was written: as `conform ticket --json` names it. */
export interface WrittenTicket {
  cause: string;
  subject: string;
  files: string[];
  id: string;
  state: Ticket['state'];
}

/**
 * Writes a ticket as Markdown, as a mail with its evidence, and as the state that the next run goes on from.
 * @param template a template of the user's own for the Markdown
 * @throws Problem when the template names what is not there, or a file cannot be written.
 */
export async function writeTicket(
  ticket: Ticket,
  sources: TicketSources,
  outDir: string,
  secrets: Secrets,
  template?: string,
): Promise<WrittenTicket> {
  const view = ticketView(ticket, sources);
  const { evidence, seenAt } = currentEpisode(ticket);
  const exchanges = evidence.operations.flatMap((operation) => operation.exchanges);
  const mail = writeMail({
    from: sources.support.from,
    to: sources.support.to,
    subject: view.subject,
    // The time of the evidence: written twice, a ticket is dated the same.
    date: new Date(seenAt),
    text: await renderTemplate('ticket-mail.txt.hbs', view, { html: false }),
    attachments: [
      { name: 'evidence.json', type: 'application/json', text: `${JSON.stringify(evidence, null, 2)}\n` },
      {
        name: 'evidence.har',
        type: 'application/json',
        text: `${JSON.stringify(harOf(exchanges), null, 2)}\n`,
      },
    ],
  });
  const markdown = await renderTemplate(template === undefined ? 'ticket.md.hbs' : resolve(template), view, {
    html: false,
  });
  const stem = join(ticketFolder(outDir), ticket.id);
  const state = `${JSON.stringify(ticket, null, 2)}\n`;
  // What is inside the attachments is Base64 there, where a search for secrets is blind to some alignments.
  const files = [
    { file: `${stem}.md`, text: markdown },
    { file: `${stem}.json`, text: state },
    { file: `${stem}.eml`, text: mail },
  ];
  for (const { file, text } of files) await writeArtefact(file, text, secrets);
  return {
    cause: ticket.cause,
    subject: view.subject,
    files: files.map(({ file }) => file),
    id: ticket.id,
    state: ticket.state,
  };
}

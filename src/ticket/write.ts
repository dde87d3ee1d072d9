import { join, resolve } from 'node:path';
import { writeArtefact } from '../artefact/write.js';
import { Problem } from '../problem.js';
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
  const text = await renderTemplate('ticket-mail.txt.hbs', view, 'text');
  const attachments = [
    { name: 'evidence.json', type: 'application/json', text: `${JSON.stringify(evidence, null, 2)}\n` },
    {
      name: 'evidence.har',
      type: 'application/json',
      text: `${JSON.stringify(harOf(exchanges), null, 2)}\n`,
    },
  ];
  const stem = join(ticketFolder(outDir), ticket.id);
  // The mail encodes its parts and breaks them into lines, where a search for secrets would be blind.
  if ([text, ...attachments.map((part) => part.text)].some((part) => secrets.foundIn(part))) {
    throw new Problem('a secret of this process would have been written; nothing was', {
      place: { file: `${stem}.eml` },
      remedy: 'Please report this: redaction has to catch it earlier.',
    });
  }
  const mail = writeMail({
    from: sources.support.from,
    to: sources.support.to,
    subject: view.subject,
    // The time of the evidence: written twice, a ticket is dated the same.
    date: new Date(seenAt),
    text,
    attachments,
  });
  const markdown = await renderTemplate(
    template === undefined ? 'ticket.md.hbs' : resolve(template),
    view,
    'markdown',
  );
  const state = `${JSON.stringify(ticket, null, 2)}\n`;
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

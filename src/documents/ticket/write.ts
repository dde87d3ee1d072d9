import { join, resolve } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import { renderTemplate } from '../template.js';
import type { Capability } from '../../record/run.js';
import { harOf } from './har.js';
import { writeMail } from './mail.js';
import { casesOfVendor } from './specimen.js';
import { TICKETS } from '../../tickets/store.js';
import { currentEpisode, type Ticket } from '../../tickets/ticket.js';
import { targetOf, ticketView, type HitAgencies, type TicketSources } from './view.js';

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
 * @param places the folder of what people read, and who keeps the state
 * @param template a template of the user's own for the Markdown
 * @throws Problem when the template names what is not there, or a file cannot be written.
 */
export async function writeTicket(
  ticket: Ticket,
  sources: TicketSources,
  { out, kept }: { out: Folder; kept: Folder },
  template?: string,
): Promise<WrittenTicket> {
  const stem = join(TICKETS, ticket.id);
  const view = ticketView(ticket, sources);
  const mail = await mailOf(ticket, view, sources, (texts) => {
    out.refuseSecrets(`${stem}.eml`, texts);
  });
  const markdown = await renderTemplate(
    template === undefined ? 'ticket.md.hbs' : resolve(template),
    view,
    'markdown',
  );
  const state = `${JSON.stringify(ticket, null, 2)}\n`;
  const files = [
    await out.write(`${stem}.md`, markdown),
    await kept.write(`${TICKETS}/${ticket.id}.json`, state),
    await out.write(`${stem}.eml`, mail),
  ];
  return {
    cause: ticket.cause,
    subject: view.subject,
    files,
    id: ticket.id,
    state: ticket.state,
  };
}

/**
 * Writes one ticket that is for several agencies, as Markdown and as a mail with the evidence of one of them. Nothing is kept
 * for the next run: the next report finds it again by its cause.
 * @param folder below `out`
 * @returns the files
 */
export async function writeTicketOfAgencies(
  ticket: Ticket,
  agencies: HitAgencies,
  sources: TicketSources,
  to: { out: Folder; folder: string },
): Promise<string[]> {
  const { out, folder } = to;
  const stem = join(folder, ticket.id);
  const view = ticketView(ticket, sources, agencies);
  const mail = await mailOf(ticket, view, sources, (texts) => {
    out.refuseSecrets(`${stem}.eml`, texts);
  });
  const markdown = await renderTemplate('ticket.md.hbs', view, 'markdown');
  return [await out.write(`${stem}.md`, markdown), await out.write(`${stem}.eml`, mail)];
}

/** @param refuse throws where one of the texts holds a secret: encoded, they are not searched any more */
async function mailOf(
  ticket: Ticket,
  view: ReturnType<typeof ticketView>,
  sources: TicketSources,
  refuse: (texts: readonly string[]) => void,
): Promise<string> {
  const { evidence, seenAt } = currentEpisode(ticket);
  const cases = casesOfVendor(evidence.operations, targetOf(ticket, sources), sources.facts);
  const text = await renderTemplate('ticket-mail.txt.hbs', view, 'text');
  const attachments = [
    {
      name: 'evidence.json',
      type: 'application/json',
      text: `${JSON.stringify(forVendor(cases), null, 2)}\n`,
    },
    {
      name: 'evidence.har',
      type: 'application/json',
      text: `${JSON.stringify(harOf(cases.flatMap(({ exchanges }) => exchanges)), null, 2)}\n`,
    },
  ];
  refuse([text, ...attachments.map((part) => part.text)]);
  return writeMail({
    from: sources.support.from,
    // What is no answer of the vendor is not the vendor's to read.
    to: view.specimen === '' ? sources.support.to : undefined,
    subject: view.subject,
    // The time of the evidence: written twice, a ticket is dated the same.
    date: new Date(seenAt),
    text,
    attachments,
  });
}

/** The evidence as the vendor gets it: what was asked and what came, without what we expected and decided. */
function forVendor(operations: readonly Capability[]) {
  return {
    operations: operations.map(({ id, operationId, outcome, findings, exchanges }) => ({
      id,
      operationId,
      // Of a refusal it goes without saying that it is not what was promised.
      findings: outcome === 'deviates' ? findings.map(({ message, pointer }) => ({ message, pointer })) : [],
      exchanges: exchanges.map((exchange) => ({ ...exchange, fingerprint: undefined })),
    })),
  };
}

import { join } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import type { TicketSources } from '../../documents/ticket/view.js';
import { writeTicketOfAgencies } from '../../documents/ticket/write.js';
import { idOfCase } from '../../tickets/life.js';
import type { Ticket } from '../../tickets/ticket.js';
import { dayInWords } from './days.js';
import type { Shown, ShownCause } from './evidence.js';
import type { FleetFacts } from './facts.js';
import type { FleetSummary } from './summary.js';
import { agenciesText, changeText, sinceText } from './words.js';

/** Where the files of a fleet report are, in the output folder. */
export const FLEET_FOLDER = 'fleet';

/**
 * Writes one ticket for each cause that is the vendor's, with the agencies that have it, and not one for each agency. Those
 * of an earlier report that are over do not stay.
 * @returns the files, by the id of the cause
 */
export async function writeFleetTickets(
  causes: readonly ShownCause[],
  about: { facts: FleetFacts; summary: FleetSummary },
  sources: TicketSources,
  out: Folder,
): Promise<Map<string, string[]>> {
  const written = new Map<string, string[]>();
  const ids = new Set<string>();
  // In an order of their own, so that a ticket keeps its name whatever becomes of the others.
  for (const cause of [...causes].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const { shown, side, id } = cause;
    if (side !== 'vendor' || !shown) continue;
    const ticket = ticketOf(cause, shown, about, ids);
    ids.add(ticket.id);
    const agencies = {
      names: cause.agencies,
      hit: `${cause.agencies.length.toLocaleString('en')} of ${agenciesText(about.summary.recorded)} that were checked in the night of ${dayInWords(about.facts.night)}`,
      since: sinceText(cause),
    };
    const to = { out, folder: TICKETS };
    written.set(id, await writeTicketOfAgencies(ticket, agencies, sources, to));
  }
  const names = new Set([...ids].flatMap((id) => [`${id}.md`, `${id}.eml`]));
  for (const name of await out.list(TICKETS)) if (!names.has(name)) await out.remove(join(TICKETS, name));
  return written;
}

const TICKETS = join(FLEET_FOLDER, 'tickets');

/** The ticket of a cause as that of one run is: with its evidence, since when, and what changed. */
function ticketOf(
  cause: ShownCause,
  { run, evidence }: Shown,
  { facts, summary }: { facts: FleetFacts; summary: FleetSummary },
  others: ReadonlySet<string>,
): Ticket {
  const since = cause.earliest ?? facts.night;
  const changes = summary.changes.filter((change) => change.cause.id === cause.id);
  const seen = facts.nights.filter(({ night, recorded }) => night >= since && recorded > 0).length;
  return {
    format: 'conform-ticket/1',
    id: idOfCase(evidence, run.target, others),
    key: evidence.key,
    cause: cause.cause,
    target: run.target,
    ...(run.world === undefined ? {} : { world: run.world }),
    state: 'open',
    episodes: [
      { since: `${since}T00:00:00Z`, seenAt: evidence.at, seen, nights: seen, tested: seen, evidence },
    ],
    lines: changes.map((change) => ({
      run: run.id,
      at: `${change.since}T00:00:00Z`,
      event: change.kind === 'new' ? 'opened' : 'fixed',
      text: `${changeText(change, summary.recorded)}.`,
    })),
    lastRun: run.id,
  };
}

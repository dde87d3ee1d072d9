import { Ajv } from 'ajv';
import type { Records } from '../artefact/folder.js';
import { withPresentName } from '../checks/former-names.js';
import { parseJson } from '../json.js';
import { Problem } from '../problem.js';
import type { Run } from '../record/run.js';
import { isProvenToWork, proofOf } from '../record/proof.js';
import { readRuns } from '../record/folder.js';
import type { ContractFacts } from '../contract/facts.js';
import { pastOf } from '../history/past.js';
import { earlierRuns, readHistory } from '../history/read.js';
import { CONTRACT, contractKey, mattersOf, type Case, type Note } from './case.js';
import { live } from './life.js';
import { currentEpisode, Ticket } from './ticket.js';

/** The folder, in the output folder, in which tickets are kept from run to run. */
export const TICKETS = 'tickets';

/**
 * The tickets that are kept.
 * @throws Problem for a file that is not one of ours.
 */
export async function readTickets(records: Records): Promise<Ticket[]> {
  const names = (await records.list(TICKETS)).filter((name) => name.endsWith('.json'));
  const tickets = names.map(async (name): Promise<Ticket[]> => {
    const text = await records.read(`${TICKETS}/${name}`);
    return text === undefined ? [] : [parseTicket(text, records.place(`${TICKETS}/${name}`))];
  });
  return (await Promise.all(tickets)).flat();
}

function parseTicket(text: string, file: string): Ticket {
  const value = parseJson(text);
  if (value === undefined) {
    throw new Problem(
      'CONFORM_E_RECORD_UNREADABLE',
      'the ticket cannot be read: it is not JSON, or it is nested too deep',
      {
        place: { file },
        remedy: REMAKE,
      },
    );
  }
  validate ??= new Ajv({ allowUnionTypes: true }).compile<Ticket>(Ticket);
  if (validate(value)) return inPresentNames(value);
  throw new Problem('CONFORM_E_RECORD_UNREADABLE', 'this is not a ticket of the format conform-ticket/1', {
    place: { file },
    remedy: REMAKE,
  });
}

/** A ticket that a former version has written, by the names and the key of today: it goes on as the same ticket. */
function inPresentNames(ticket: Ticket): Ticket {
  const episodes = ticket.episodes.map((episode) => ({
    ...episode,
    evidence: presentCase(episode.evidence),
  }));
  const { key, cause } = presentCase(currentEpisode(ticket).evidence);
  return { ...ticket, key, cause, episodes };
}

/** Answers that break the contract are known by the name of a check, and by the ways in which they do. */
function presentCase(evidence: Case): Case {
  const operations = evidence.operations.map((one) => ({
    ...one,
    findings: one.findings.map(withPresentName),
  }));
  const [check, findings] = [operations[0]?.findings[0]?.check, operations[0]?.findings ?? []];
  if (!evidence.cause.startsWith(CONTRACT) || check === undefined) return { ...evidence, operations };
  return { ...evidence, key: contractKey(check, findings), cause: CONTRACT + check, operations };
}

const REMAKE = 'Move it out of the folder of tickets. It will be regenerated from the runs.';

let validate: ((value: unknown) => value is Ticket) | undefined;

/**
 * Brings the tickets of a run's target up to that run: every run since the last that was taken into account is
 * read, one at a time, oldest first. A run that was taken into account already changes nothing.
 * @param kept the tickets of every target
 * @returns those of this target, and what this run says that we have to fix
 */
export async function bringUpTo(
  run: Run,
  kept: readonly Ticket[],
  records: Records,
  contract: ContractFacts | undefined,
): Promise<{ tickets: Ticket[]; notes: Note[] }> {
  let tickets = kept.filter(({ target }) => target === run.target);
  const lastRun = tickets
    .map((ticket) => ticket.lastRun)
    .sort()
    .at(-1);
  const newer = (await earlierRuns(run, records)).filter(
    ({ id }) => lastRun === undefined || `${id}.json` > `${lastRun}.json`,
  );
  const seen = new Map<string, Seen>();
  const backgroundOf = (operation: string) => ({
    routedAt: seen.get(operation)?.routedAt,
    standing: contract?.operations.get(operation)?.standing,
  });
  let first = true;
  let notes: Note[] = [];
  const take = async (next: Run): Promise<void> => {
    if (next.target !== run.target) return;
    if (first) await remember(next, records, seen);
    first = false;
    const matters = mattersOf(next, backgroundOf);
    notes = matters.notes;
    if (lastRun === undefined || next.id > lastRun) {
      tickets = live(tickets, next, matters.cases, (operation) => seen.get(operation)?.workedAt);
    }
    note(next, seen);
  };
  for await (const earlier of readRuns(records, newer, () => undefined)) await take(earlier.run);
  await take(run);
  return { tickets, notes };
}

interface Seen {
  routedAt: string | undefined;
  workedAt: string | undefined;
}

/** What the runs before the first that is read here have shown. */
async function remember(run: Run, records: Records, seen: Map<string, Seen>): Promise<void> {
  for (const [id, { routedAt, workedAt }] of pastOf(await readHistory({ ...run, operations: [] }, records))) {
    seen.set(id, { routedAt, workedAt });
  }
}

function note(run: Run, seen: Map<string, Seen>): void {
  for (const operation of run.operations) {
    const known = seen.get(operation.id);
    seen.set(operation.id, {
      routedAt: proofOf(operation) === 'nothing' ? known?.routedAt : run.startedAt,
      workedAt: isProvenToWork(operation) ? run.startedAt : known?.workedAt,
    });
  }
}

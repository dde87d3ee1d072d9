import { Problem } from '../../problem.js';
import { contractFacts } from '../../contract/facts.js';
import { featuresIn } from '../../impact/features.js';
import type { Run } from '../../record/run.js';
import { provedAnything } from '../../record/success.js';
import { openFolder, type Folder } from '../../artefact/folder.js';
import { type Target } from '../../targets/targets.js';
import type { Note } from '../../tickets/case.js';
import { writeNotes } from '../../documents/ticket/notes.js';
import { bringUpTo, readTickets } from '../../tickets/store.js';
import type { Ticket } from '../../tickets/ticket.js';
import { type TicketSources } from '../../documents/ticket/view.js';
import { writeTicket, type WrittenTicket } from '../../documents/ticket/write.js';
import type { Host } from '../host.js';
import { createIo, type Io } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { openExamined } from '../whole-spec.js';
import { chosenRuns } from './report.js';

export interface TicketOptions extends KeptOptions {
  run?: string[] | undefined;
  cause?: string | undefined;
  template?: string | undefined;
}

/** Brings the tickets up to the given runs and writes them. @returns the exit code */
export async function ticket(options: TicketOptions, host: Host): Promise<number> {
  await using kept = await openKept(options, host);
  return await ticketIn(kept, options, host);
}

/** As `ticket`, where it is open already what is kept. */
export async function ticketIn(kept: Folder, options: TicketOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const runs = (await chosenRuns(options.run, kept)).sort((one, other) => (one.id < other.id ? -1 : 1));
  const sources = await readTicketSources(options.specDir, runs, io);
  const out = openFolder(options.out, host.secrets);
  for (const run of runs.filter(({ contract }) => contract.sha256 !== sources.facts?.sha256)) {
    io.note(`${run.id}: made with another edition of the contract than the one that is quoted here.`);
  }

  const { tickets, notes } = await bringUp(runs, sources, kept);
  const chosen = choose(tickets, options.cause);
  const written: WrittenTicket[] = [];
  // A ticket that is not asked for is kept up to date as well: its nights are counted.
  for (const one of tickets) {
    const result = await writeTicket(one, sources, { out, kept }, options.template);
    if (chosen.includes(one)) written.push(result);
  }
  printTickets(written, io);
  const { from, customer } = sources.support;
  if (written.length > 0 && (from === undefined || customer === undefined)) {
    io.note(
      'Before you send it: set “from” and “customer” in support.yaml of the spec folder; the mail names neither.',
    );
  }
  const asked =
    options.cause === undefined && runs.some(({ target }) => !mocksOf(sources.targets).has(target));
  if (asked) printNotes(notes, await writeNotes(notes, out), io);
  io.result(written);
  return runs.some(provedAnything) ? 0 : 3;
}

/** Runs of a mock say nothing about the vendor: it answers from the contract. */
async function bringUp(
  runs: readonly Run[],
  { targets, facts }: TicketSources,
  records: Folder,
): Promise<{ tickets: Ticket[]; notes: Note[] }> {
  const mocks = mocksOf(targets);
  let kept = await readTickets(records);
  const concerned = new Set<string>();
  const notes: Note[] = [];
  for (const run of runs.filter(({ target }) => !mocks.has(target))) {
    const found = await bringUpTo(run, kept, records, facts);
    for (const { id } of found.tickets) concerned.add(id);
    kept = [...kept.filter(({ target }) => target !== run.target), ...found.tickets];
    notes.push(...found.notes);
  }
  return { tickets: kept.filter(({ id }) => concerned.has(id)), notes };
}

/** What tickets are written from besides the runs themselves. */
export async function readTicketSources(
  specDir: string,
  runs: readonly Run[],
  io: Io,
): Promise<TicketSources> {
  const parts = ['contract', 'hosts', 'samples', 'consumers', 'support'] as const;
  const spec = await openExamined(specDir, parts, io);
  const { samples, support } = spec;
  const { targets } = spec.hosts;
  const facts = contractFacts(spec.contract);
  const features = featuresIn(spec.consumers);
  // A mock works whatever the vendor does: it proves nothing elsewhere.
  const elsewhere = runs.filter(({ target }) => !mocksOf(targets).has(target));
  return { facts, samples, targets, features, support, elsewhere };
}

function mocksOf(targets: readonly Target[]): ReadonlySet<string> {
  return new Set(targets.filter(({ serve }) => serve === 'mock').map(({ name }) => name));
}

function choose(tickets: readonly Ticket[], cause: string | undefined): readonly Ticket[] {
  if (cause === undefined) return tickets;
  const chosen = tickets.filter((one) => one.id === cause || one.cause === cause);
  if (chosen.length > 0) return chosen;
  throw new Problem('CONFORM_E_TICKET_UNKNOWN', `there is no ticket “${cause}”`, {
    remedy:
      tickets.length === 0
        ? 'These runs give no ticket at all.'
        : `Tickets are: ${tickets.map(({ id }) => id).join(', ')}.`,
  });
}

function printTickets(written: readonly WrittenTicket[], io: Io): void {
  if (written.length === 0) io.out('Nothing here is for the vendor to fix: no ticket.');
  for (const { subject, state, files } of written) {
    io.out(`${state.padEnd(8)} ${subject}`);
    for (const file of files) io.out(`         ${file}`);
  }
}

function printNotes(notes: readonly Note[], file: string, io: Io): void {
  if (notes.length === 0) return;
  io.out();
  io.out('For us to fix, no ticket:');
  for (const { target, operation, why, what } of notes) {
    io.out(`  ${operation} on ${target}: ${why}`);
    io.out(`    ${what}`);
  }
  io.out(`  ${file}`);
}

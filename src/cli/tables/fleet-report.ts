import type { FleetReport } from '../../fleet/report/view.js';
import { causeName, changeText, firstLines, sinceText, WHO } from '../../fleet/report/words.js';
import type { Io } from '../io.js';

/** So many causes are in the table; all are in the files. */
const MOST = 20;

/** What a night shows over a fleet: what was found and what to do first, then the causes, what changed, and the files. */
export function printFleetReport(
  { facts, summary, causes, tickets }: FleetReport,
  files: readonly string[],
  io: Io,
): void {
  const mailOf = (id: string) => tickets.get(id)?.find((name) => name.endsWith('.eml'));
  const [head = '', ...rest] = firstLines(summary, facts, causes, ({ id }) => mailOf(id));
  io.out(io.colours.bold(head));
  for (const line of rest) io.out(line);
  if (causes.length > 0) io.out();
  for (const cause of causes.slice(0, MOST)) {
    const count = `${cause.agencies.length.toLocaleString('en')} of ${summary.recorded.toLocaleString('en')}`;
    io.out(`${count.padStart(15)}  ${WHO[cause.side].padEnd(11)}  ${causeName(cause)}`);
    io.out(`${' '.repeat(30)}${sinceText(cause)}`);
    const mail = mailOf(cause.id);
    if (mail !== undefined) io.out(`${' '.repeat(30)}${mail}`);
  }
  if (causes.length > MOST) io.out(`${' '.repeat(17)}and ${causes.length - MOST} more`);
  if (summary.changes.length > 0) io.out();
  for (const change of summary.changes.slice(0, MOST)) {
    const shown = causes.find(({ id }) => id === change.cause.id);
    const name = causeName(shown ?? { ...change.cause, what: change.cause.cause });
    io.out(io.wrapped(`${name}: ${changeText(change, summary.recorded)}`, 2, 4));
  }
  io.out();
  for (const file of files) io.out(file);
}

import type { PlannedAgency } from '../../fleet/plan.js';
import { stateName, type NightStatus, type WorkerStatus } from '../../fleet/status.js';
import { formatPlace, type Problem } from '../../problem.js';
import type { Io } from '../io.js';

/** Says of each night how far it is. @param wanted the night that was asked for, where one was */
export function printNights(nights: readonly NightStatus[], io: Io, wanted?: string): void {
  const { bold, dim, red, green, yellow } = io.colours;
  if (nights.length === 0)
    io.out(
      wanted === undefined
        ? 'No night of a fleet was begun.'
        : `No night of ${wanted} was begun. Without --night, the newest are shown.`,
    );
  for (const { fleet, night, waiting, running, recorded, failed, parts } of nights) {
    const paint = (colour: string) =>
      colour === 'GREEN' ? green(colour) : colour === 'NO VERDICT' ? yellow(colour) : red(colour);
    const pieces = [
      ...Object.entries(recorded).map(([colour, count]) => `${paint(colour)} ${count}`),
      ...(running > 0 ? [`running ${running}`] : []),
      ...(waiting > 0 ? [`waiting ${waiting}`] : []),
      ...(failed.length > 0 ? [red(`failed ${failed.length}`)] : []),
      ...(parts.of > 0 ? [`parts ${parts.asked} of ${parts.of}`] : []),
    ];
    io.out(`${bold(`${night} ${fleet}`)}  ${pieces.join(', ')}`);
    for (const { agency, state, why } of failed.slice(0, MOST_FAILED))
      io.out(`  ${agency}: ${stateName(state)}${why === '' ? '' : `: ${why}`}`);
    if (failed.length > MOST_FAILED) io.out(dim(`  and ${failed.length - MOST_FAILED} more (--json)`));
  }
}

const MOST_FAILED = 20;

/** Says who works, and who is not heard of any more. */
export function printWorkers(workers: readonly WorkerStatus[], io: Io): void {
  const count = (state: WorkerStatus['state']) => workers.filter((one) => one.state === state).length;
  io.out(`workers: ${count('alive')} alive, ${count('dead')} dead, ${count('ended')} ended`);
}

/** Says what a night would do for each agency. */
export function printPlanned(planned: readonly PlannedAgency[], io: Io): void {
  const due = planned.filter((one) => one.due);
  const widest = Math.max(0, ...due.map(({ agency }) => agency.name.length));
  for (const { agency, parts } of due) {
    const target = agency.target ?? 'as nightly.yaml says';
    io.out(`${agency.name.padEnd(widest)}  ${target}${parts > 1 ? `, in ${parts} parts` : ''}`);
  }
  io.out(`${due.length} of ${planned.length} agencies are due.`);
}

/** Says what is wrong in a fleet file, each with its place. */
export function printFaults(faults: readonly Problem[], io: Io): void {
  for (const { place, code, message, remedy = '' } of faults)
    io.note(
      io.wrapped(`${place ? `${formatPlace(place)}: ` : ''}${code} ${message}. ${remedy}`.trimEnd(), 0),
    );
  if (faults.length > 0) io.note('These entries are left out; the other agencies are not touched.');
}

import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { validatorOf } from '../../document/shapes.js';
import { daysBefore } from './days.js';
import { AgencyNight, FaultRow, Jobs, Missed, NightCounts, WorkerRow, type FleetFacts } from './facts.js';
import * as queries from './queries.js';

/** A database that answers a statement that reads with rows. */
export interface Queryable {
  read: (text: string, values: readonly unknown[]) => Promise<unknown[]>;
}

/** Which night of which fleet, and how far back one looks. */
export interface Scope {
  fleet: string;
  /** YYYY-MM-DD; the newest night of the fleet when not given. */
  night?: string | undefined;
  /** How many days, that of the night included. */
  days: number;
}

/** So many faults are listed; the store sums up all of them. */
export const MOST_FAULTS = 200;

/** What began within so many days, that of the night included, is called new. */
export const FRESH_DAYS = 7;

/** The fleets that the store has nights of. */
export async function fleetsIn(database: Queryable): Promise<string[]> {
  const rows = await ask(database, queries.FLEETS, [], Type.Object({ fleet: Type.String() }));
  return rows.map(({ fleet }) => fleet);
}

/**
 * Sums up the nights of a fleet. It reads the index of the store and no run: what it needs of memory follows the number of
 * agencies and of faults, and not that of the nights.
 * @param mostFaults how many faults are listed
 * @returns undefined when the fleet has no night up to that day
 */
export async function readFacts(
  database: Queryable,
  scope: Scope,
  mostFaults = MOST_FAULTS,
): Promise<FleetFacts | undefined> {
  const { fleet, days } = scope;
  const [newest] = await ask(
    database,
    queries.NEWEST_NIGHT,
    [fleet, scope.night ?? null],
    Type.Object({ night: Type.Union([Type.String(), Type.Null()]) }),
  );
  const night = newest?.night ?? undefined;
  if (night === undefined || (scope.night !== undefined && night !== scope.night)) return undefined;
  const from = daysBefore(night, days - 1);
  const freshFrom = daysBefore(night, Math.min(days, FRESH_DAYS) - 1);
  const faults = await ask(database, queries.FAULTS, [fleet, night, from, freshFrom, mostFaults], FaultRow);
  const [jobs] = await ask(database, queries.JOBS, [fleet, night], Jobs);
  const [times] = await ask(
    database,
    queries.TIMES,
    [fleet, night],
    Type.Object({ now: Type.String(), recordedAt: Type.Union([Type.String(), Type.Null()]) }),
  );
  if (!jobs || !times) throw new Error('a sum over no rows is a row');
  return {
    fleet,
    night,
    now: times.now,
    recordedAt: times.recordedAt ?? undefined,
    from,
    freshFrom,
    nights: await ask(database, queries.NIGHTS, [fleet, night, from], NightCounts),
    agencies: await ask(database, queries.AGENCIES, [fleet, night, from], AgencyNight),
    faults,
    faultsLeftOut: (faults[0]?.ofAll ?? 0) - faults.length,
    missed: await ask(database, queries.MISSED, [fleet, night, freshFrom], Missed),
    workers: await ask(database, queries.WORKERS, [fleet, from], WorkerRow),
    jobs,
  };
}

/** Asks, and holds each row against what it has to be. */
async function ask<S extends TSchema>(
  database: Queryable,
  text: string,
  values: readonly unknown[],
  shape: S,
): Promise<Static<S>[]> {
  const rows = await database.read(text, values);
  const isRow = validatorOf(shape);
  return rows.map((row) => {
    if (isRow(row)) return row;
    throw new Error(`the store answered a row of another shape: ${JSON.stringify(isRow.errors)}`);
  });
}

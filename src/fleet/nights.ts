import type { Colour } from '../notify/message.js';
import type { Database, Queries } from '../store/postgres/connect.js';
import { openPostgresFolder } from '../store/postgres/folder.js';
import { indexRows } from '../store/index-rows.js';
import type { Secrets } from '../targets/secrets.js';
import type { Problem } from '../problem.js';
import { leaseLost } from './faults.js';
import { LEASE_MS, MOST_ATTEMPTS } from './lease.js';
import { partsOf } from './part-records.js';
import type { Job, Queue } from './queue.js';
import type { Changes } from './staged.js';

/** The night of one agency that is to come. */
export interface NewNight {
  agency: string;
  /** 1, or the number of parts in which the contract is asked first. */
  parts: number;
}

/** A night, or a part of one, that a worker holds. */
export interface Held {
  job: Job;
  parts: number;
  /** The fencing token: nobody who holds another can record this night. */
  lease: string;
  /** Whether it is not tried again. */
  isLastTry: boolean;
  /** How many milliseconds are left until the deadline of the night. */
  leftMs: number;
}

/** What came of a night. Of a part there is no colour. */
export interface Outcome {
  colour: Colour | undefined;
  exitCode: number | undefined;
  runs: readonly string[];
  /** The code of what made it fail, where something did. */
  why: string | undefined;
}

const LEASE = `interval '${LEASE_MS} milliseconds'`;
const KEY = 'fleet = $1 and agency = $2 and night = $3 and part = $4';
const HELD = `${KEY} and lease = $5 and state = 'running'`;

const keyOf = ({ fleet, agency, night, part }: Job) => [fleet, agency, night, part];

/** What happened in the nights of a fleet, by the clock of the database. Each change is one transaction with its job. */
export function nightsIn(database: Database, queue: Queue) {
  return {
    /**
     * Puts the nights of agencies that are not there yet, and a job for each that nobody has. May be done again, and by
     * several at once.
     * @returns how many nights are new
     */
    begin: (
      { fleet, night, deadlineMs }: { fleet: string; night: string; deadlineMs: number },
      nights: readonly NewNight[],
    ): Promise<number> =>
      database.transaction(async (queries) => {
        const agencies = nights.map(({ agency }) => agency);
        await queries.count(
          'insert into conform.agency (name) select unnest($1::text[]) on conflict do nothing',
          [agencies],
        );
        const rows = await queries.rows<{ agency: string; parts: number }>(
          `insert into conform.agency_night (fleet, agency, night, part, parts, state, deadline)
          select $1, agency, $2::date, 0, parts, 'waiting', now() + $3::float8 * interval '1 millisecond'
          from unnest($4::text[], $5::integer[]) as wanted (agency, parts)
          on conflict do nothing returning agency, parts`,
          [fleet, night, deadlineMs, agencies, nights.map(({ parts }) => parts)],
        );
        await queries.count(
          `insert into conform.agency_night (fleet, agency, night, part, parts, state, deadline)
          select fleet, agency, night, generate_series(1, parts), parts, state, deadline
          from conform.agency_night where fleet = $1 and night = $2 and agency = any($3) and part = 0 and parts > 1
          on conflict do nothing`,
          [fleet, night, rows.map(({ agency }) => agency)],
        );
        const waiting = await queries.rows<{ agency: string; part: number }>(
          `select agency, part from conform.agency_night
          where fleet = $1 and night = $2 and agency = any($3) and state = 'waiting' and (part > 0 or parts = 1)
          order by agency, part`,
          [fleet, night, agencies],
        );
        if (waiting.length > 0)
          await queue.put(
            waiting.map((row) => ({ fleet, night, ...row })),
            queries,
          );
        return rows.length;
      }, 'again'),

    /**
     * Takes the next night that nobody has.
     * @returns undefined where there is none; `again` where what was taken was nothing to do
     */
    take: (worker: string, lease: string): Promise<Held | 'again' | undefined> =>
      database.transaction(async (queries) => {
        const fetched = await queue.fetch(queries);
        if (!fetched) return undefined;
        const { job, isLastTry } = fetched;
        const rows = await queries.rows<{ parts: number; left: number }>(
          `update conform.agency_night set state = 'running', lease = $5, leased_by = $6,
            leased_until = now() + ${LEASE}, attempts = attempts + 1, started_at = coalesce(started_at, now())
          where ${KEY} and state = 'waiting' and deadline > now()
          returning parts, extract(epoch from deadline - now())::float8 * 1000 as left`,
          [...keyOf(job), lease, worker],
        );
        const [row] = rows;
        if (row) return { job, lease, isLastTry, parts: row.parts, leftMs: row.left };
        // It was recorded already, or is too late; the sweep says so of what is too late.
        await queue.complete(job, queries);
        return 'again';
      }, 'once'),

    /**
     * Records what a night came to, and all that was written in it, at once: where the lease is no longer the one that the
     * worker holds, nothing.
     * @throws Problem when another worker has taken it over
     */
    record: (
      { job, lease }: Held,
      { colour, exitCode, runs, why }: Outcome,
      { changes, secrets }: { changes: Changes; secrets: Secrets },
    ): Promise<void> =>
      database.transaction(async (queries) => {
        const rows = await queries.rows<{ parts: number }>(
          `update conform.agency_night set state = 'recorded', colour = $6, exit_code = $7, runs = $8, why = $9,
            leased_until = null, finished_at = now()
          where ${HELD} returning parts`,
          [...keyOf(job), lease, colour ?? null, exitCode ?? null, runs, why ?? null],
        );
        const [row] = rows;
        if (!row) {
          if (await isRecordedBy(job, lease, queries)) return;
          throw leaseLost();
        }
        await queue.complete(job, queries);
        // Nobody joins the parts of a night that was given up.
        if (job.part > 0 && !(await wholeIsOpen(job, queries))) return;
        const folder = openPostgresFolder(within(queries, database.shown), job.agency, {
          ...{ secrets, indexOf: indexRows },
        });
        for (const [name, text] of changes)
          await (text === undefined ? folder.remove(name) : folder.write(name, text));
        if (job.part > 0) await joinWhenAllAreThere(job, queries, queue);
      }, 'again'),

    /** Has a night tried again later, or puts it to the dead letters when that was the last try. */
    fail: ({ job, lease, isLastTry }: Held, why: string): Promise<void> =>
      database.transaction(async (queries) => {
        const count = await queries.count(
          `update conform.agency_night set state = $6, why = $7, leased_until = null,
            finished_at = case when $6 = 'dead' then now() end
          where ${HELD}`,
          [...keyOf(job), lease, isLastTry ? 'dead' : 'waiting', why],
        );
        if (count === 0) return;
        await queue.fail(job, why, queries);
        if (isLastTry) await endWhole([job], 'dead', why, queries, queue);
      }, 'again'),

    /** Gives nights back that a worker does not finish; that counts as no try. */
    giveBack: (held: readonly Held[]): Promise<void> =>
      database.transaction(async (queries) => {
        for (const { job, lease } of held) {
          const count = await queries.count(
            `update conform.agency_night set state = 'waiting', leased_until = null, attempts = attempts - 1
            where ${HELD}`,
            [...keyOf(job), lease],
          );
          if (count !== 0) await queue.giveBack([job], queries);
        }
      }, 'again'),

    /**
     * Gives the nights of workers that are not heard of any more to others, and ends those whose deadline has passed.
     * @returns how many were given back
     */
    sweep: (fleet: string): Promise<number> =>
      database.transaction(async (queries) => {
        const lapsed = await queries.rows<Job & { state: string }>(
          `update conform.agency_night as held set leased_until = null,
            state = case when attempts < $2 then 'waiting' else 'dead' end,
            why = case when attempts < $2 then why else $3 end,
            finished_at = case when attempts < $2 then null else now() end
          where (fleet, agency, night, part) in (
            select fleet, agency, night, part from conform.agency_night
            where fleet = $1 and state = 'running' and leased_until < now() for update skip locked
          ) returning fleet, agency, night::text, part, state`,
          [fleet, MOST_ATTEMPTS, DIED],
        );
        const jobs = lapsed.map(jobOf);
        const isDead = (_: Job, index: number) => lapsed[index]?.state === 'dead';
        const dead = jobs.filter(isDead);
        const back = jobs.filter((job) => !dead.includes(job));
        await queue.giveBack(back, queries);
        await queue.bury(dead, queries);
        await endWhole(dead, 'dead', DIED, queries, queue);
        const late = await queries.rows<Job>(
          `update conform.agency_night set state = 'failed', why = $2, finished_at = now()
          where (fleet, agency, night, part) in (
            select fleet, agency, night, part from conform.agency_night
            where fleet = $1 and state = 'waiting' and deadline <= now() for update skip locked
          ) returning fleet, agency, night::text, part`,
          [fleet, LATE],
        );
        await queue.drop(late.map(jobOf), queries);
        for (const job of late.filter(({ part }) => part === 0)) await dropParts(job, queries);
        return back.length;
      }, 'again'),

    /** How many nights of a fleet are neither recorded nor given up. */
    open: async (fleet: string): Promise<number> => {
      const [row] = await database.read<{ open: number }>(
        "select count(*)::integer as open from conform.agency_night where fleet = $1 and state in ('waiting', 'running')",
        [fleet],
      );
      return row?.open ?? 0;
    },
  };
}
export type Nights = ReturnType<typeof nightsIn>;

const DIED: Problem['code'] = 'CONFORM_E_FLEET_WORKER_DIED';
const LATE: Problem['code'] = 'CONFORM_E_FLEET_DEADLINE_PASSED';

function jobOf({ fleet, agency, night, part }: Job): Job {
  return { fleet, agency, night, part };
}

/** Whether the very lease has recorded the night: its answer was lost, and it asks again. */
async function isRecordedBy(job: Job, lease: string, queries: Queries): Promise<boolean> {
  const count = await queries.count(
    `select 1 from conform.agency_night where ${KEY} and lease = $5 and state = 'recorded'`,
    [...keyOf(job), lease],
  );
  return count !== 0;
}

/** Whether the night that a part belongs to is still to be joined. Whoever asks has it until the transaction ends. */
async function wholeIsOpen(job: Job, queries: Queries): Promise<boolean> {
  // Of two parts that are recorded at once, the second waits here and sees the first.
  const rows = await queries.rows<{ state: string }>(
    `select state from conform.agency_night where ${KEY} for update`,
    keyOf({ ...job, part: 0 }),
  );
  return rows[0]?.state === 'waiting';
}

/** Removes the runs of parts that nobody will join. */
async function dropParts({ agency, night }: Job, queries: Queries): Promise<void> {
  await queries.count('delete from conform.record where agency = $1 and starts_with(name, $2)', [
    agency,
    `${partsOf(night)}/`,
  ]);
}

/** Puts the job that joins the parts when the last of them is recorded. */
async function joinWhenAllAreThere(job: Job, queries: Queries, queue: Queue): Promise<void> {
  const count = await queries.count(
    `select 1 from conform.agency_night
    where fleet = $1 and agency = $2 and night = $3 and part > 0 and state <> 'recorded'`,
    [job.fleet, job.agency, job.night],
  );
  if (count === 0) await queue.put([{ ...job, part: 0 }], queries);
}

/** Without one of its parts a night cannot be joined: it ends as the part did, and so do the parts that wait. */
async function endWhole(
  jobs: readonly Job[],
  state: 'dead' | 'failed',
  why: string,
  queries: Queries,
  queue: Queue,
): Promise<void> {
  for (const job of jobs.filter(({ part }) => part > 0)) {
    const rows = await queries.rows<Job>(
      `update conform.agency_night set state = $4, why = $5, finished_at = now()
      where fleet = $1 and agency = $2 and night = $3 and state = 'waiting'
      returning fleet, agency, night::text, part`,
      [job.fleet, job.agency, job.night, state, why],
    );
    await queue.drop(rows.map(jobOf), queries);
    await dropParts(job, queries);
  }
}

/** A transaction as a database, for what writes records: all of it belongs to the transaction. */
function within(queries: Queries, shown: string): Database {
  return {
    shown,
    read: queries.rows,
    transaction: (work) => work(queries),
    close: () => Promise.resolve(),
  };
}

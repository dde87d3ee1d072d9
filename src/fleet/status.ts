import type { Database } from '../store/postgres/connect.js';
import { LEASE_MS } from './lease.js';

/** How far one night of a fleet is. */
export interface NightStatus {
  fleet: string;
  night: string;
  waiting: number;
  running: number;
  /** How many agencies were recorded with each colour. */
  recorded: Record<string, number>;
  /** The agencies whose night failed or was given up, with the code of why. */
  failed: { agency: string; state: 'failed' | 'dead'; why: string }[];
  /** Of nights that are asked in parts: how many parts there are, and how many were asked. */
  parts: { asked: number; of: number };
}

/** A worker as it was last heard of. */
export interface WorkerStatus {
  id: string;
  fleet: string;
  machine: string;
  pid: number;
  state: 'alive' | 'dead' | 'ended';
  /** ISO 8601, UTC. */
  seenAt: string;
  done: number;
  failed: number;
}

export interface FleetStatus {
  nights: NightStatus[];
  workers: WorkerStatus[];
}

/** What the state of a night is called for people. */
export function stateName(state: string): string {
  return state === 'dead' ? 'given up' : state;
}

/** So many nights are shown, the newest first. */
const MOST_NIGHTS = 14;

/** How far the newest nights are, and who works on them. @param wanted one fleet only, or one night, where they are named */
export async function readStatus(
  database: Pick<Database, 'read'>,
  { fleet, night }: { fleet?: string | undefined; night?: string | undefined } = {},
): Promise<FleetStatus> {
  const nights = await database.read<{ fleet: string; night: string }>(
    `select distinct fleet, night::text from conform.agency_night
    where ($1::text is null or fleet = $1) and ($2::date is null or night = $2::date)
    order by night desc, fleet limit ${MOST_NIGHTS}`,
    [fleet ?? null, night ?? null],
  );
  const workers = await database.read<Omit<WorkerStatus, 'seenAt'> & { seen: Date }>(
    `select id, fleet, machine, pid, seen_at as seen, done, failed, case
      when stopped_at is not null then 'ended'
      when seen_at < now() - interval '${LEASE_MS} milliseconds' then 'dead' else 'alive' end as state
    from conform.worker where ($1::text is null or fleet = $1) and seen_at > now() - interval '7 days'
    order by started_at`,
    [fleet ?? null],
  );
  const status: NightStatus[] = [];
  for (const one of nights) status.push(await nightStatus(database, one));
  return {
    nights: status,
    workers: workers.map(({ seen, ...worker }) => ({ ...worker, seenAt: seen.toISOString() })),
  };
}

/** How far one night is. */
export async function nightStatus(
  database: Pick<Database, 'read'>,
  { fleet, night }: { fleet: string; night: string },
): Promise<NightStatus> {
  const rows = await database.read<Counted>(
    `select part > 0 as is_part, state, colour, count(*)::integer as count from conform.agency_night
    where fleet = $1 and night = $2 group by 1, 2, 3`,
    [fleet, night],
  );
  const failed = await database.read<NightStatus['failed'][number]>(
    `select agency, state, coalesce(why, '') as why from conform.agency_night
    where fleet = $1 and night = $2 and part = 0 and state in ('failed', 'dead') order by agency`,
    [fleet, night],
  );
  return { fleet, night, failed, ...countsOf(rows) };
}

/** So many rows of a night are in a state, with a colour where they are recorded. */
export interface Counted {
  is_part: boolean;
  state: string;
  colour: string | null;
  count: number;
}

/** Sums up the rows of a night. */
export function countsOf(
  rows: readonly Counted[],
): Pick<NightStatus, 'waiting' | 'running' | 'recorded' | 'parts'> {
  const sum = (wanted: (row: Counted) => boolean): number =>
    rows.filter(wanted).reduce((total, { count }) => total + count, 0);
  const recorded: Record<string, number> = {};
  for (const { is_part, state, colour, count } of rows)
    if (!is_part && state === 'recorded' && colour !== null)
      recorded[colour] = (recorded[colour] ?? 0) + count;
  return {
    // A night is running as well while its parts are.
    waiting: sum((row) => !row.is_part && row.state === 'waiting'),
    running: sum((row) => !row.is_part && row.state === 'running'),
    recorded,
    parts: {
      asked: sum((row) => row.is_part && row.state === 'recorded'),
      of: sum((row) => row.is_part),
    },
  };
}

/** 0 all are recorded and green, 1 something is red or failed, 3 nothing is there or it is not finished. */
export function exitCodeOf(nights: readonly NightStatus[]): 0 | 1 | 3 {
  if (nights.length === 0 || nights.some(({ waiting, running }) => waiting + running > 0)) return 3;
  const isGreen = ({ recorded, failed }: NightStatus) =>
    failed.length === 0 && Object.keys(recorded).every((colour) => colour === 'GREEN');
  return nights.every(isGreen) ? 0 : 1;
}

import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { COLOURS } from '../../notify/message.js';
import { FAULT_SIDES } from '../../tickets/faults.js';

/** A day, YYYY-MM-DD: a night is called by the day on which it was planned. */
const Day = Type.String();
const Names = Type.Array(Type.String());

/** What one night came to over all agencies. */
export const NightCounts = Type.Object({
  night: Day,
  /** Agencies of which the night had jobs. */
  asked: Type.Integer(),
  /** Agencies whose jobs were all recorded. */
  recorded: Type.Integer(),
  green: Type.Integer(),
  red: Type.Integer(),
  broken: Type.Integer(),
  noVerdict: Type.Integer(),
});
export type NightCounts = Static<typeof NightCounts>;

/** An agency in the night of the report. */
export const AgencyNight = Type.Object({
  agency: Type.String(),
  /** The state of the job that is least far. */
  state: literals(['waiting', 'running', 'recorded', 'failed', 'dead']),
  colour: Type.Union([literals(COLOURS), Type.Null()]),
  /** Why it was not recorded: a code of the catalogue of errors. */
  why: Type.Union([Type.String(), Type.Null()]),
  attempts: Type.Integer(),
  /** The newest night before this one that was recorded. */
  recordedBefore: Type.Union([Day, Type.Null()]),
});
export type AgencyNight = Static<typeof AgencyNight>;

/** One fault over all agencies, by its key, at operations that show it at the same agencies since the same nights. */
export const FaultRow = Type.Object({
  key: Type.String(),
  cause: Type.String(),
  /** How many faults there are, with those that are not listed. */
  ofAll: Type.Integer(),
  side: literals(FAULT_SIDES),
  operations: Names,
  /** The agencies that have it in their newest recorded night. */
  agencies: Names,
  /** The first night of the unbroken series, at the agency where that is earliest, and in the middle of all. */
  earliest: Type.Union([Day, Type.Null()]),
  median: Type.Union([Day, Type.Null()]),
  /** Of how many agencies the series begins with their first recorded night: there it may be older. */
  sinceFirst: Type.Integer(),
  /** The agencies where it is new, and since when; where it is over, and since when. */
  newAt: Names,
  newSince: Type.Union([Day, Type.Null()]),
  overAt: Names,
  overSince: Type.Union([Day, Type.Null()]),
  /** A run that shows it, of an agency that has it, and the newest run of that agency from before the series. */
  sample: Type.Union([
    Type.Object({
      agency: Type.String(),
      run: Type.String(),
      before: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
});
export type FaultRow = Static<typeof FaultRow>;

/** An agency and its nights that were planned and not recorded, of the last days. */
export const Missed = Type.Object({ agency: Type.String(), nights: Type.Array(Day) });
export type Missed = Static<typeof Missed>;

export const WorkerRow = Type.Object({
  state: literals(['alive', 'lost', 'stopped']),
  /** Seconds since it was last seen, by the clock of the database. */
  seenSecondsAgo: Type.Number(),
  done: Type.Integer(),
  failed: Type.Integer(),
});
export type WorkerRow = Static<typeof WorkerRow>;

/** The jobs of the night by their state. */
export const Jobs = Type.Object({
  waiting: Type.Integer(),
  running: Type.Integer(),
  recorded: Type.Integer(),
  failed: Type.Integer(),
  dead: Type.Integer(),
});
export type Jobs = Static<typeof Jobs>;

/** All that is read from the store for a report, but for the samples. */
export interface FleetFacts {
  fleet: string;
  night: string;
  /** The time of the database, ISO 8601, UTC. */
  now: string;
  /** The newest moment at which something of the night was recorded, ISO 8601, UTC. */
  recordedAt: string | undefined;
  /** The first day of the window, and since which day something is called new. */
  from: string;
  freshFrom: string;
  /** The nights of the window that had jobs, oldest first; that of the report is the last. */
  nights: NightCounts[];
  agencies: AgencyNight[];
  faults: FaultRow[];
  /** How many faults there are beyond those of the list. */
  faultsLeftOut: number;
  missed: Missed[];
  workers: WorkerRow[];
  jobs: Jobs;
}

import { inertText } from '../artefact/inert.js';
import { NIGHTS, parseNight } from '../nightly/record.js';
import type { Run } from '../record/run.js';
import { isFaultOfRecord, parseRun } from '../record/store.js';
import { provedAnything } from '../record/success.js';
import { faultsOf, untestedIn, type FaultSide } from '../tickets/faults.js';

/** What is derived from the record of a run, so that many runs can be summed up by SQL. */
export interface RunRow {
  id: string;
  target: string;
  /** ISO 8601, UTC; null where the run holds no moment that a database knows. */
  startedAt: string | null;
  finishedAt: string | null;
  complete: boolean;
  /** Whether it proves anything. */
  proved: boolean;
  operations: number;
  /** How many operations have each outcome. */
  totals: Record<string, number>;
  /** The operations and checks of which it shows nothing: that a cause is not there does not end it. */
  untested: string[];
}

/** Something in a run that somebody has to act on. */
export interface CauseRow {
  /** The same for the same thing in every run of every agency. */
  key: string;
  side: FaultSide;
  cause: string;
  operations: string[];
}

/** What is derived from the record of a night. */
export interface NightRow {
  id: string;
  startedAt: string | null;
  state: string;
  colour: string | null;
  exitCode: number | null;
}

export type IndexRows = { run: RunRow; causes: CauseRow[] } | { night: NightRow };

/** What is derived from a record; undefined where nothing is, as of one that cannot be read. */
export type IndexOf = (name: string, text: string) => IndexRows | undefined;

/** Derives the rows of a record from its text alone, so that they can be derived again at any time. */
export const indexRows: IndexOf = (name, text) => {
  const [, folder, id = ''] = /^([^/]+)\/([^/]+)\.json$/.exec(name) ?? [];
  if (folder === 'runs') return rowsOfRun(id, text);
  if (folder === NIGHTS) return rowsOfNight(id, text);
  return undefined;
};

function rowsOfRun(id: string, text: string): IndexRows | undefined {
  const run = readable(text);
  if (run === undefined) return undefined;
  const totals: Record<string, number> = {};
  for (const { outcome } of run.operations) totals[outcome] = (totals[outcome] ?? 0) + 1;
  return {
    run: {
      id,
      target: inertText(run.target),
      startedAt: momentOf(run.startedAt),
      finishedAt: momentOf(run.finishedAt),
      complete: run.complete,
      proved: provedAnything(run),
      operations: run.operations.length,
      totals,
      untested: untestedIn(run).map((name) => inertText(name)),
    },
    causes: causesOf(run),
  };
}

function readable(text: string): Run | undefined {
  try {
    return parseRun(text, '');
  } catch (error) {
    if (isFaultOfRecord(error)) return undefined;
    throw error;
  }
}

/** A database takes no control characters of foreign texts, which a file holds as escapes. */
function causesOf(run: Run): CauseRow[] {
  // What earlier runs have shown is in their records, not in this one.
  return faultsOf(run, () => ({})).map(({ key, side, cause, operations }) => ({
    ...{ key: inertText(key), side, cause: inertText(cause) },
    operations: operations.map((id) => inertText(id)),
  }));
}

function rowsOfNight(id: string, text: string): IndexRows | undefined {
  const night = parseNight(text);
  return (
    night && {
      night: {
        id,
        startedAt: momentOf(night.startedAt),
        state: night.state,
        colour: night.colour ?? null,
        exitCode: night.exitCode ?? null,
      },
    }
  );
}

/** A moment of the years that every program can write. */
function momentOf(iso: string): string | null {
  const at = new Date(iso);
  const year = at.getUTCFullYear();
  return year >= 1 && year <= 9999 ? at.toISOString() : null;
}

import type { Records } from '../../artefact/folder.js';
import { questionOf, wrongIn } from '../../documents/ticket/wording.js';
import { proofOf } from '../../record/proof.js';
import type { Run } from '../../record/run.js';
import { parseRun, runName } from '../../record/store.js';
import { Problem } from '../../problem.js';
import type { Case } from '../../tickets/case.js';
import { evidenceOf, faultsOf, withoutSide } from '../../tickets/faults.js';
import type { FleetCause } from './summary.js';

/** A cause with what one run of one agency shows of it. */
export interface ShownCause extends FleetCause {
  /** What is wrong, in a few words. */
  what: string;
  /** What to do, as a sentence; empty where nothing is known. */
  todo: string;
  /** The run that shows it, with what it shows; undefined where its record is not there any more. */
  shown: Shown | undefined;
}

export interface Shown {
  agency: string;
  run: Pick<Run, 'id' | 'target' | 'world'>;
  evidence: Case;
}

/** The records of an agency, by its name. */
export type RecordsOf = (agency: string) => Pick<Records, 'read' | 'place'>;

/**
 * Reads one run for each cause, one after the other. A path that is not known is only called the vendor's where a run of the
 * same agency from before has shown it routed: that is read as well.
 */
export async function showCauses(causes: readonly FleetCause[], recordsOf: RecordsOf): Promise<ShownCause[]> {
  const shown: ShownCause[] = [];
  for (const cause of causes) shown.push(await showCause(cause, recordsOf));
  return shown;
}

async function showCause(cause: FleetCause, recordsOf: RecordsOf): Promise<ShownCause> {
  const { sample, keys, operations } = cause;
  const run = sample && (await readRunOf(sample.agency, sample.run, recordsOf));
  const evidence =
    run &&
    evidenceOf(
      run,
      keys.map((key) => ({ key, operations })),
    );
  if (!sample || !run || !evidence) return { ...cause, what: cause.cause, todo: '', shown: undefined };
  const before = sample.before === null ? undefined : await routesBefore(cause, sample.agency, recordsOf);
  const side = before && isOfVendor(run, cause, before) ? 'vendor' : cause.side;
  return {
    ...cause,
    side,
    what: wrongIn(evidence),
    todo: side === 'vendor' ? questionOf(evidence) : (evidence.operations[0]?.fix ?? ''),
    shown: { agency: sample.agency, run: { id: run.id, target: run.target, ...worldOf(run) }, evidence },
  };
}

function worldOf({ world }: Run): { world?: string } {
  return world === undefined ? {} : { world };
}

/** Outcomes of which only an earlier run says whose they are. */
const BY_THE_PAST: ReadonlySet<string> = new Set(['route-missing', 'method-missing', 'host-gone']);

/** The operations that the run before the series has shown routed, where that says whose a cause is. */
async function routesBefore(
  { cause, side, sample }: FleetCause,
  agency: string,
  recordsOf: RecordsOf,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (side !== 'us' || !BY_THE_PAST.has(cause) || sample?.before == null) return undefined;
  const run = await readRunOf(agency, sample.before, recordsOf);
  const routed = run?.operations.filter((operation) => proofOf(operation) !== 'nothing') ?? [];
  return new Map(routed.map(({ id }) => [id, run?.startedAt ?? '']));
}

function isOfVendor(
  run: Run,
  { keys, operations }: FleetCause,
  routed: ReadonlyMap<string, string>,
): boolean {
  const own = new Set(keys.map(withoutSide));
  const faults = faultsOf(run, (id) => ({ routedAt: routed.get(id) })).filter(({ key }) =>
    own.has(withoutSide(key)),
  );
  const theirs = faults.filter(({ side }) => side === 'vendor').flatMap((fault) => fault.operations);
  return operations.every((id) => theirs.includes(id));
}

/** A run of an agency; undefined where it is not there any more, or cannot be read. */
async function readRunOf(agency: string, id: string, recordsOf: RecordsOf): Promise<Run | undefined> {
  const records = recordsOf(agency);
  const text = await records.read(runName(id));
  if (text === undefined) return undefined;
  try {
    return parseRun(text, records.place(runName(id)));
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

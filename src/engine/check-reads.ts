import type { Checked } from '../checks/checked.js';
import { driveChecks } from '../checks/drive-checks.js';
import { NO_LISTS } from '../checks/stated/lists.js';
import { subjectOf, type Subject } from '../checks/subject.js';
import type { Remembered } from '../drive/remember.js';
import { isSuccess } from '../targets/reply.js';
import type { Assignment } from './assignment.js';
import type { Access } from './check-access.js';
import type { Investigation } from './investigate.js';
import type { Asking, Observation } from './observation.js';

/** What it takes to judge what was observed, and to hold it to further promises. */
export type Checking = Assignment &
  Pick<Asking, 'pseudonyms'> &
  Access & { past: () => readonly Remembered[] };

/** Holds the reads that have succeeded to the promises of the plan. */
export async function checkReads(
  observations: readonly Observation[],
  { conversation, absent, takesCredentials, concurrency }: Investigation,
  { plan, contract, pseudonyms, past, whyNotAs, clock, chance, signal, lists = NO_LISTS }: Checking,
): Promise<ReadonlyMap<string, Checked>> {
  if (plan.checks.reads.length === 0) return new Map();
  const reads = new Map<string, Subject>();
  const { latencyLimitOf } = plan.settings;
  const known = { contract, absent, chance, pseudonyms, takesCredentials, reads, past };
  const host = { ...known, whyNotAs, lists, latencyLimitOf };
  const subjects = observations.flatMap((observation) => {
    if (!observation.asked || observation.isToken || observation.step.supporting) return [];
    const { step, probe, token, reply, exchange, digest, redirect } = observation;
    const { operation } = step;
    if (!operation.safe || reply.kind !== 'answer' || !isSuccess(reply.status)) return [];
    return [subjectOf({ operation, probe, token }, { reply, exchange, digest, redirect }, host)];
  });
  for (const subject of subjects) reads.set(subject.operation.id, subject);
  return driveChecks(
    subjects,
    plan.checks.reads,
    { conversation, clock, signal, concurrency },
    { turnOf: plan.turnOf, isThrifty: plan.bounds.records !== undefined },
  );
}

import { createDigests } from '../contract/digest.js';
import { VERSION } from '../package.js';
import type { TargetSession } from '../session/open.js';
import { OUTCOMES } from '../verdict/causes.js';
import type { Assignment } from './assignment.js';
import type { Left } from './observation.js';
import type { Capability, Run } from '../record/run.js';
import { whyUnproven } from '../record/unproven.js';

/** The run file: what came of every operation, and of the run as a whole. */
export function assemble(
  assignment: Assignment,
  capabilities: Capability[],
  budget: ReturnType<TargetSession['session']['counts']>,
  left: readonly Left[],
): Run {
  const { id, startedAt, contract, target, plan, expectations, world, signal } = assignment;
  const today = startedAt.toISOString().slice(0, 10);
  const digest = createDigests(contract);
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const definitionOf = ({ id }: Capability): { definition?: string } => {
    const operation = byId.get(id);
    return operation ? { definition: digest(operation) } : {};
  };
  const operations = capabilities.map((capability) => ({
    ...capability,
    ...definitionOf(capability),
    expected: expectations.of(capability, plan.policy, today),
  }));
  const totals = Object.fromEntries(
    OUTCOMES.map((outcome) => [
      outcome,
      operations.filter((operation) => operation.outcome === outcome).length,
    ]),
  );
  return {
    format: 'conform-run/1',
    id,
    target: target.name,
    ...(world === undefined ? {} : { world }),
    startedAt: startedAt.toISOString(),
    finishedAt: assignment.clock.now().toISOString(),
    tool: { name: 'conform', version: VERSION },
    contract: {
      title: contract.title,
      version: contract.version,
      sha256: contract.sha256,
      operations: contract.operations.length,
      repairs: contract.repairs.map(({ kind, what, place, assumed }) => ({
        kind,
        what,
        file: place.file,
        ...(place.line === undefined ? {} : { line: place.line }),
        assumed,
      })),
    },
    policy: { writes: plan.policy, requestsPerSecond: target.requestsPerSecond ?? null },
    totals,
    budget,
    complete: !signal.aborted,
    unproven: operations.flatMap((operation) => whyUnproven(operation) ?? []),
    ...(left.length === 0 ? {} : { left: [...left] }),
    operations,
  };
}

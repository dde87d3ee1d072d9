import type { Records } from '../artefact/folder.js';
import { judgeGate, type GateVerdict } from '../gate/gate.js';
import type { Bench } from '../impact/bench.js';
import type { Consumer } from '../impact/consumer.js';
import type { Run } from '../record/run.js';
import { latestName, readableRun } from '../record/store.js';

/**
 * Which of the consumers may be deployed on what a run shows: those whose policy counts on its target, by the newest runs of
 * all targets that it counts on, as the gate judges them. On a replica, which answers as the hosts did on one day, each
 * consumer is judged by that run alone. Of what is neither, as a mock, none is judged: it says nothing about the vendor.
 * @param others the newest runs of other targets
 * @param day the moment for which it holds
 */
export function gatesOf(
  run: Run,
  others: readonly Run[],
  consumers: readonly Consumer[],
  bench: Bench | undefined,
  day: Date,
): GateVerdict[] {
  // A run of a part of the contract has not asked all that a consumer needs, and that is nobody's failing.
  if (run.operations.length < run.contract.operations) return [];
  return consumers.flatMap((consumer) => {
    const { targets } = consumer.policy;
    if (!targets.includes(run.target))
      return run.world === undefined ? [] : [judgeGate(consumer, [run], bench, day)];
    const evidence = targets.flatMap(
      (target) => [run, ...others].find((candidate) => candidate.target === target) ?? [],
    );
    return [judgeGate(consumer, evidence, bench, day)];
  });
}

/** The newest recorded runs of the targets that consumers count on, none newer than a day. */
export async function latestRuns(
  records: Records,
  consumers: readonly Consumer[],
  day: Date,
): Promise<Run[]> {
  const targets = [...new Set(consumers.flatMap(({ policy }) => policy.targets))];
  const runs = await Promise.all(targets.map((target) => readableRun(records, latestName(target))));
  return runs.flatMap((run) => (run && Date.parse(run.startedAt) <= day.getTime() ? [run] : []));
}

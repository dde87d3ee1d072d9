import { readBench } from '../../impact/bench.js';
import { exitCodeOf, judgeGate } from '../../gate/gate.js';
import { checkedReason, recordOverride } from '../../gate/override.js';
import { findConsumer } from '../../impact/consumer.js';
import { operationsMissing } from '../../impact/orphans.js';
import { throwAll } from '../../problem.js';
import { readLatestRuns, readNamedRun } from '../../record/store.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { openExamined } from '../whole-spec.js';
import { printGate } from '../tables/gate.js';

export interface GateOptions extends KeptOptions {
  consumer: string;
  run?: string[] | undefined;
  at?: Date | undefined;
  override?: string | undefined;
}

/** Judges whether a consumer may be deployed. @returns the exit code */
export async function gate(options: GateOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const spec = await openExamined(options.specDir, ['contract', 'consumers'], io);
  const consumer = findConsumer(spec.consumers, options.consumer);
  const reason = options.override === undefined ? undefined : checkedReason(options.override);
  throwAll(operationsMissing(consumer, spec.contract));
  await using kept = await openKept(options, host);
  const runs = options.run
    ? await Promise.all(options.run.map((named) => readNamedRun(named, kept)))
    : await readLatestRuns(kept, consumer.policy.targets);
  for (const { id, target } of runs) {
    if (consumer.policy.targets.includes(target)) continue;
    io.note(
      `${id}: “${target}” is not one of the targets that the policy counts on. It is used because it was named.`,
    );
  }
  const bench = await readBench(kept);
  const verdict = judgeGate(consumer, runs, bench, options.at ?? host.clock.now());
  const override =
    reason !== undefined && !verdict.open
      ? await recordOverride(verdict, reason, kept, host.clock)
      : undefined;
  if (reason !== undefined && verdict.open) io.note('The gate is open: there is nothing to override.');
  printGate(verdict, override, io);
  io.result(override ? { ...verdict, override } : verdict);
  return exitCodeOf(verdict, override !== undefined);
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../../contract/load.js';
import { readDocument } from '../../document/read.js';
import { readBench } from '../../gate/bench.js';
import { readConsumer, type Consumer } from '../../gate/consumer.js';
import { exitCodeOf, judgeGate } from '../../gate/gate.js';
import { checkedReason, recordOverride } from '../../gate/override.js';
import { at, isObject, pointer } from '../../json.js';
import { Problem } from '../../problem.js';
import { readRun } from '../../run/store.js';
import { Secrets } from '../../target/secrets.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { findContract, findSpecDir } from '../spec.js';
import { printGate } from '../tables/gate.js';

export interface GateOptions extends CommonOptions {
  consumer: string;
  run?: string[] | undefined;
  at?: Date | undefined;
  override?: string | undefined;
}

/** Judges whether a consumer may be deployed. @returns the exit code */
export async function gate(options: GateOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const specDir = findSpecDir(options.specDir);
  const consumer = await readConsumer(specDir, options.consumer);
  const reason = options.override === undefined ? undefined : checkedReason(options.override);
  await checkOperations(consumer, specDir);
  const files =
    options.run ??
    consumer.policy.targets
      .map((target) => join(options.out, 'latest', `${target}.json`))
      .filter((file) => existsSync(file));
  const runs = await Promise.all(files.map((file) => readRun(file)));
  for (const { id, target } of runs) {
    if (consumer.policy.targets.includes(target)) continue;
    io.note(
      `${id}: “${target}” is none of the targets that the policy counts on; it was named, so it is taken.`,
    );
  }
  const bench = await readBench(join(options.out, 'latest', 'bench.json'));
  const verdict = judgeGate(consumer, runs, bench, options.at ?? host.clock.now());
  const override =
    reason !== undefined && !verdict.open
      ? await recordOverride(verdict, reason, options.out, new Secrets(), host.clock)
      : undefined;
  if (reason !== undefined && verdict.open) io.note('The gate is open: there is nothing to override.');
  printGate(verdict, override, io);
  io.result(override ? { ...verdict, override } : verdict);
  return exitCodeOf(verdict, override !== undefined);
}

/** A misspelt operation would shut a feature for ever, and say that nobody has asked it. */
async function checkOperations(consumer: Consumer, specDir: string): Promise<void> {
  const contract = await loadContract(findContract(specDir));
  const known = new Set(contract.operations.map(({ id }) => id));
  const source = await readDocument(join(specDir, 'consumers', `${consumer.id}.yaml`));
  const places = [
    ...consumer.features.flatMap(({ operations = [] }, feature) =>
      operations.flatMap((_, position) =>
        ['operation', 'instead'].map((member) =>
          pointer('features', feature, 'operations', position, member),
        ),
      ),
    ),
    ...(consumer.readiness.scenarios ?? []).flatMap(({ needs = [], within }, index) => [
      ...needs.map((_, position) => pointer('readiness', 'scenarios', index, 'needs', position)),
      ...(within ? [pointer('readiness', 'scenarios', index, 'within', 'operations')] : []),
    ]),
  ];
  for (const place of places) {
    const value = isObject(source.value) ? at(source.value, place) : undefined;
    for (const name of [value].flat()) {
      if (typeof name !== 'string' || known.has(name)) continue;
      throw new Problem(`the contract has no operation “${name}”`, {
        place: { file: source.file, line: source.lineOf(place) },
        remedy: 'Write method and path template as the contract does.',
      });
    }
  }
}

import type { Consumer } from '../impact/consumer.js';
import { countsText, countStates, type FeatureCounts } from '../impact/state.js';
import type { Run } from '../record/run.js';
import { judgeBench, type Bench } from '../impact/bench.js';
import { judgeFeature, type FeatureVerdict } from './feature.js';
import { createProver } from './proof.js';
import { judgeReadiness, type Readiness } from './readiness.js';

/** Whether a consumer may be deployed on what runs show. */
export interface GateVerdict {
  consumer: string;
  /** Name of the consumer as people say it. */
  name: string;
  open: boolean;
  /** One line: the figures, what the policy lets pass without proof, and what is shut. */
  why: string;
  /** The moment for which it holds, ISO 8601, UTC. */
  at: string;
  readiness: Readiness;
  /** How many features are in each state: the figures that a report of the same runs has. */
  counts: FeatureCounts;
  /** By which members of the policy features are open although not all that they need is proven. */
  relies: { policy: string; features: string[] }[];
  features: FeatureVerdict[];
  /** What no run has asked, and the command that asks it; absent where all was asked. */
  unasked?: { operations: string[]; command: string };
  /** The runs that were taken as evidence. */
  evidence: { run: string; target: string; at: string }[];
  /** False when nothing that the consumer needs was judged by any run: then there is no verdict. */
  judged: boolean;
}

/**
 * The gate is open when the policy lets every critical feature and scenario pass, and enough of the others. What is not
 * critical and shut is said, and does not hold back a deploy: it would be as shut without it. What the policy lets pass
 * without proof is said as well, and counts nowhere as working or met.
 */
export function judgeGate(
  consumer: Consumer,
  runs: readonly Run[],
  bench: Bench | undefined,
  now: Date,
): GateVerdict {
  const judges = {
    prove: createProver(consumer, runs, now),
    bench: (target: { percentile: Bench['target']['percentile']; ms: number }) =>
      judgeBench(bench, target, consumer, now),
  };
  const features = consumer.features.map((feature) => judgeFeature(feature, judges));
  const readiness = judgeReadiness(consumer, features, judges);
  const counts = countStates(features.map(({ state }) => state));
  const judged = features.some(
    ({ proof, bench: shown }) => proof.some(({ run }) => run !== undefined) || shown?.at !== undefined,
  );
  const shut = features.filter(({ open }) => !open);
  const critical = shut.filter((feature) => feature.critical);
  // Where no scenarios are named, features are counted, and those that are shut are in `critical`.
  const failed = (consumer.readiness?.scenarios === undefined ? [] : readiness.scenarios).filter(
    (scenario) => scenario.critical && !scenario.passes,
  );
  const open = judged && critical.length === 0 && failed.length === 0 && readiness.passes;
  const relies = reliesOf(features);
  const unasked = unaskedOf(consumer, features);
  return {
    consumer: consumer.id,
    name: consumer.name,
    open,
    why: judged
      ? [
          figuresText(counts, readiness),
          ...(open
            ? [...relies.map(relianceText), ...shutText('shut', shut)]
            : shutText('critical and shut', critical)),
          ...(open || failed.length === 0
            ? []
            : [`critical and not met: ${failed.map(({ id, name }) => `${id} ${name}`).join(', ')}`]),
          ...(open || readiness.passes ? [] : ['the readiness is below what the consumer asks for']),
        ].join('; ')
      : 'no run has judged anything that it needs',
    at: now.toISOString(),
    readiness,
    counts,
    relies,
    features,
    ...(unasked ? { unasked } : {}),
    evidence: runs.map((run) => ({ run: run.id, target: run.target, at: run.startedAt })),
    judged,
  };
}

function figuresText(counts: FeatureCounts, { met, of, notProven, percent, band }: Readiness): string {
  const unproven = notProven === 0 ? '' : `, ${notProven} not proven`;
  return `${countsText(counts)}; readiness ${met} of ${of}${unproven} (${percent} %, ${band})`;
}

function reliesOf(features: readonly FeatureVerdict[]): GateVerdict['relies'] {
  const members = [...new Set(features.flatMap(({ reliesOn }) => reliesOn))];
  return members.map((policy) => ({
    policy,
    features: features.filter(({ reliesOn }) => reliesOn.includes(policy)).map(({ name }) => name),
  }));
}

function relianceText({ policy, features }: GateVerdict['relies'][number]): string {
  const those = `${features.length} ${features.length === 1 ? 'feature is' : 'features are'}`;
  return `by the policy “${policy}” and not by proof ${those} open`;
}

function shutText(head: string, shut: readonly FeatureVerdict[]): string[] {
  return shut.length === 0 ? [] : [`${head}: ${shut.map(({ name }) => `“${name}”`).join(', ')}`];
}

/** What is in no run, whatever was given. The first target is that on which the consumer runs. */
function unaskedOf(
  { policy: { targets } }: Consumer,
  features: readonly FeatureVerdict[],
): GateVerdict['unasked'] {
  const proofs = features.flatMap(({ proof }) => proof);
  const operations = [...new Set(proofs.filter((one) => one.unasked).map(({ operation }) => operation))];
  if (operations.length === 0) return undefined;
  return { operations, command: `conform check --target ${targets[0] ?? ''}` };
}

/** 0 when the consumer may be deployed, 1 when it may not, 3 when there is no verdict. */
export function exitCodeOf({ open, judged }: GateVerdict, overridden = false): 0 | 1 | 3 {
  if (open || overridden) return 0;
  return judged ? 1 : 3;
}

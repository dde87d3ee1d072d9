import type { Run } from '../run/run.js';
import { judgeBench, type Bench } from './bench.js';
import type { Consumer } from '../impact/consumer.js';
import { judgeFeature, type FeatureVerdict } from './feature.js';
import { createProver } from './proof.js';
import { judgeReadiness, type Readiness } from './readiness.js';

/** Whether a consumer may be deployed on what runs show. */
export interface GateVerdict {
  consumer: string;
  /** Name of the consumer as people say it. */
  name: string;
  open: boolean;
  /** One line. */
  why: string;
  /** The moment for which it holds, ISO 8601, UTC. */
  at: string;
  readiness: Readiness;
  features: FeatureVerdict[];
  /** The runs that were taken as evidence. */
  evidence: { run: string; target: string; at: string }[];
  /** False when nothing that the consumer needs was judged by any run: then there is no verdict. */
  judged: boolean;
}

/**
 * The gate is open when every critical feature and scenario is, and the readiness is in the highest band. What
 * is not critical and shut is told, and does not hold back a deploy: it would be as shut without it.
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
  const judged = features.some(
    ({ proof, bench: shown }) => proof.some(({ run }) => run !== undefined) || shown?.at !== undefined,
  );
  const shut = features.filter(({ open }) => !open);
  const critical = shut.filter((feature) => feature.critical).map(({ name }) => `“${name}”`);
  const failed = readiness.scenarios.filter((scenario) => scenario.critical && scenario.met === false);
  const open = judged && critical.length === 0 && failed.length === 0 && readiness.band === 'ready';
  const figure = `${readiness.met} of ${readiness.of}, ${readiness.percent} %: ${readiness.band}`;
  const reasons = [
    ...(critical.length > 0 ? [`critical and shut: ${critical.join(', ')}`] : []),
    ...(failed.length > 0
      ? [`critical and not met: ${failed.map(({ id, name }) => `${id} ${name}`).join(', ')}`]
      : []),
    ...(readiness.band === 'ready' ? [] : [`readiness ${figure}; ${consumer.readiness.ready} % are needed`]),
  ];
  const without = shut.map(({ name }) => `“${name}”`).join(', ');
  const openWhy =
    shut.length === 0 ? `every feature is (readiness ${figure})` : `without ${without} (readiness ${figure})`;
  return {
    consumer: consumer.id,
    name: consumer.name,
    open,
    why: !judged ? 'no run has judged anything that it needs' : open ? openWhy : reasons.join('; '),
    at: now.toISOString(),
    readiness,
    features,
    evidence: runs.map((run) => ({ run: run.id, target: run.target, at: run.startedAt })),
    judged,
  };
}

/** 0 when the consumer may be deployed, 1 when it may not, 3 when there is no verdict. */
export function exitCodeOf({ open, judged }: GateVerdict, overridden = false): 0 | 1 | 3 {
  if (open || overridden) return 0;
  return judged ? 1 : 3;
}

import type { BenchTarget, Feature, Need } from '../impact/consumer.js';
import { featureState, type FeatureState } from '../impact/state.js';
import type { BenchProof } from '../impact/bench.js';
import type { Proof } from './proof.js';

/** Whether one feature can be relied on, and what shows it. */
export interface FeatureVerdict {
  name: string;
  /** Whether the consumer's policy lets it pass. */
  open: boolean;
  /** What is shown of it: a policy may let pass what is not proven. */
  state: FeatureState;
  /** By which members of the policy it is open although something that it needs is not proven. */
  reliesOn: string[];
  critical: boolean;
  /** One line: why it is shut, or what has to be said although it is open. */
  why: string;
  proof: Proof[];
  bench?: BenchProof;
  /** What is lost although it is open, and what has to be said of evidence. */
  losses: string[];
  /** Both of them as facts, and why it is shut: what is lacking of which operation, and the workaround there is. */
  lacks: Lack[];
}

export interface Judges {
  prove: (need: Need) => Proof;
  bench: (target: BenchTarget) => BenchProof;
}

/** A feature is open when all will do without which it stops; a workaround counts while it works itself. */
export function judgeFeature(feature: Feature, judges: Judges): FeatureVerdict {
  const stops: Lack[] = [];
  const losses: Lack[] = [];
  const proof: Proof[] = [];
  const relied: string[] = [];
  const { operations: needs = [] } = feature;
  for (const need of needs) {
    const { operation } = need;
    const found = judges.prove(need);
    proof.push(found);
    if (found.ok) {
      if (found.reliesOn !== undefined) relied.push(found.reliesOn);
      if (found.warning !== undefined) losses.push({ operation, why: found.warning });
    } else if (need.loss === 'stops') {
      stops.push({ operation, why: found.why });
    } else if (need.loss === 'degrades') {
      losses.push({ operation, why: `degraded: ${found.why}` });
    } else {
      const around =
        need.instead === undefined ? undefined : judges.prove({ operation: need.instead, loss: 'stops' });
      if (around) proof.push(around);
      if (around?.reliesOn !== undefined) relied.push(around.reliesOn);
      if (around && !around.ok) stops.push({ operation, why: found.why }, around);
      else losses.push({ operation, why: found.why, workaround: need.workaround ?? '' });
    }
  }
  const bench = feature.bench ? judges.bench(feature.bench) : undefined;
  if (bench && !bench.ok) stops.push({ why: bench.why });
  if (bench?.warning !== undefined) losses.push({ why: bench.warning });
  if (bench?.reliesOn !== undefined) relied.push(bench.reliesOn);
  const stated = stops.length > 0 ? stops : losses;
  const state = featureState(
    { needs, ...(bench ? { bench: bench.state } : {}) },
    (operation) => judges.prove({ operation, loss: 'stops' }).state,
  );
  return {
    name: feature.name,
    open: stops.length === 0,
    state,
    reliesOn: stops.length === 0 ? [...new Set(relied)] : [],
    critical: feature.critical ?? false,
    why: whyText(sentences(stated), stops.length === 0 ? relied : [], bench),
    proof,
    ...(bench ? { bench } : {}),
    losses: sentences(losses),
    lacks: [...stops, ...losses],
  };
}

function whyText(said: readonly string[], relied: readonly string[], bench: BenchProof | undefined): string {
  const [member] = relied;
  const lines = [
    ...(member === undefined
      ? []
      : [`not all that it needs is proven; “${member}” of the policy lets it pass`]),
    ...said,
  ];
  return lines.length > 0 ? lines.join('. ') : (bench?.why ?? 'everything that it needs is proven');
}

/** What is lacking, and of which operation, where it is one. */
export interface Lack {
  operation?: string;
  why: string;
  workaround?: string;
}

/** What lacks for the same reason is said once: an old run is old for every operation. */
function sentences(lacks: readonly Lack[]): string[] {
  const groups = new Map<string, Set<string>>();
  for (const { operation, why: reason, workaround } of lacks) {
    const why = workaround === undefined ? reason : `${reason}; workaround: ${workaround}`;
    const group = groups.get(why) ?? new Set();
    if (operation !== undefined) group.add(operation);
    groups.set(why, group);
  }
  return [...groups].map(([why, operations]) =>
    operations.size === 0 ? why : `${[...operations].join(', ')}: ${why}`,
  );
}

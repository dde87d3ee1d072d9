import type { BenchProof } from './bench.js';
import type { BenchTarget, Feature, Need } from './consumer.js';
import type { Proof } from './proof.js';

/** Whether one feature can be relied on, and what shows it. */
export interface FeatureVerdict {
  name: string;
  open: boolean;
  critical: boolean;
  /** One line: why it is shut, or what has to be said although it is open. */
  why: string;
  proof: Proof[];
  bench?: BenchProof;
  /** What is lost although it is open, and what has to be said of evidence. */
  losses: string[];
}

export interface Judges {
  prove: (need: Need) => Proof;
  bench: (target: BenchTarget) => BenchProof;
}

/** A feature is open when all is proven without which it stops; a way around counts while it works itself. */
export function judgeFeature(feature: Feature, judges: Judges): FeatureVerdict {
  const stops: string[] = [];
  const losses: string[] = [];
  const proof: Proof[] = [];
  for (const need of feature.operations ?? []) {
    const found = judges.prove(need);
    proof.push(found);
    if (found.ok) {
      if (found.warning !== undefined) losses.push(`${need.operation}: ${found.warning}`);
      continue;
    }
    const lost = `${need.operation}: ${found.why}`;
    if (need.loss === 'stops') stops.push(lost);
    else if (need.loss === 'degrades') losses.push(`degraded without ${lost}`);
    else {
      const around =
        need.instead === undefined ? undefined : judges.prove({ operation: need.instead, loss: 'stops' });
      if (around) proof.push(around);
      if (around && !around.ok) stops.push(`${lost}; and the way around, ${around.operation}: ${around.why}`);
      else losses.push(`${lost}; way around: ${need.workaround ?? around?.operation ?? ''}`);
    }
  }
  const bench = feature.bench ? judges.bench(feature.bench) : undefined;
  if (bench && !bench.ok) stops.push(bench.why);
  if (bench?.warning !== undefined) losses.push(bench.warning);
  const told = stops.length > 0 ? stops : losses;
  return {
    name: feature.name,
    open: stops.length === 0,
    critical: feature.critical ?? false,
    why: told.length > 0 ? told.join('. ') : (bench?.why ?? 'everything that it needs is proven'),
    proof,
    ...(bench ? { bench } : {}),
    losses,
  };
}

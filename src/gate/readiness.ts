import type { Consumer, Scenario } from '../impact/consumer.js';
import type { FeatureVerdict, Judges } from './feature.js';

export interface ScenarioVerdict {
  id: string;
  name: string;
  critical: boolean;
  /** Null when no run can prove it: it is not counted. */
  met: boolean | null;
  why: string;
}

/** How ready a consumer is: a share of scenarios, and the band in which it falls. */
export interface Readiness {
  met: number;
  of: number;
  /** Rounded to one decimal. */
  percent: number;
  band: 'ready' | 'mostly ready' | 'not ready';
  scenarios: ScenarioVerdict[];
}

/** Where a consumer names no scenarios, its features are counted. */
export function judgeReadiness(
  { readiness }: Consumer,
  features: readonly FeatureVerdict[],
  judges: Judges,
): Readiness {
  const scenarios =
    readiness.scenarios?.map((scenario) => judgeScenario(scenario, judges)) ??
    features.map(({ name, open, critical, why }) => ({ id: name, name, critical, met: open, why }));
  const counted = scenarios.filter(({ met }) => met !== null);
  const met = counted.filter((scenario) => scenario.met).length;
  const percent = counted.length === 0 ? 0 : Math.round((1000 * met) / counted.length) / 10;
  const band =
    percent >= readiness.ready ? 'ready' : percent >= readiness.mostly ? 'mostly ready' : 'not ready';
  return { met, of: counted.length, percent, band, scenarios };
}

function judgeScenario(scenario: Scenario, judges: Judges): ScenarioVerdict {
  const { id, name, critical = false, notCounted } = scenario;
  if (notCounted !== undefined) return { id, name, critical, met: null, why: notCounted };
  const prove = (operation: string) => judges.prove({ operation, loss: 'stops' });
  const lacks: string[] = [];
  for (const need of scenario.needs ?? []) {
    const ways = (typeof need === 'string' ? [need] : need).map(prove);
    if (!ways.some(({ ok }) => ok)) lacks.push(ways.map((way) => `${way.operation}: ${way.why}`).join('; '));
  }
  if (scenario.within) {
    const { operations, ms } = scenario.within;
    const times = operations
      .map(prove)
      .flatMap(({ ok, latencyMs }) => (ok && latencyMs !== undefined ? [latencyMs] : []));
    const best = Math.min(...times);
    if (times.length === 0) lacks.push('no time was measured');
    else if (best > ms) lacks.push(`it took ${Math.round(best)} ms, more than ${ms} ms`);
  }
  if (scenario.bench) {
    const bench = judges.bench(scenario.bench);
    if (!bench.ok) lacks.push(bench.why);
  }
  return {
    id,
    name,
    critical,
    met: lacks.length === 0,
    why: lacks.length === 0 ? 'proven' : lacks.join('. '),
  };
}

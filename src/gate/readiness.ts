import { READINESS, type Consumer, type Scenario } from '../impact/consumer.js';
import type { FeatureVerdict, Judges } from './feature.js';

export interface ScenarioVerdict {
  id: string;
  name: string;
  critical: boolean;
  /** Whether it is proven. Null when no run can prove it: it is not counted. */
  met: boolean | null;
  /** Whether the policy lets it pass, if only by what is not proven. */
  passes: boolean;
  /** Set when it is not met for nothing but that something was not done for real. */
  notProven?: true;
  why: string;
}

/** How ready a consumer is: a share of scenarios, and the band in which it falls. Only what is proven counts as met. */
export interface Readiness {
  met: number;
  of: number;
  /** How many of those that are not met have nothing against them, but are not proven. */
  notProven: number;
  /** Share of those that are met; rounded to one decimal. */
  percent: number;
  band: 'ready' | 'mostly ready' | 'not ready';
  /** Whether those that the policy lets pass reach the highest band. */
  passes: boolean;
  scenarios: ScenarioVerdict[];
}

/** Where a consumer names no scenarios, its features are counted. */
export function judgeReadiness(
  { readiness = READINESS }: Consumer,
  features: readonly FeatureVerdict[],
  judges: Judges,
): Readiness {
  const scenarios =
    readiness.scenarios?.map((scenario) => judgeScenario(scenario, judges)) ?? features.map(ofFeature);
  const counted = scenarios.filter(({ met }) => met !== null);
  const met = counted.filter((scenario) => scenario.met).length;
  const passing = counted.filter(({ passes }) => passes).length;
  const share = (number: number) =>
    counted.length === 0 ? 0 : Math.round((1000 * number) / counted.length) / 10;
  const percent = share(met);
  const band =
    percent >= readiness.ready ? 'ready' : percent >= readiness.mostly ? 'mostly ready' : 'not ready';
  return {
    ...{ met, of: counted.length, percent, band, scenarios },
    notProven: counted.filter(({ notProven }) => notProven).length,
    passes: share(passing) >= readiness.ready,
  };
}

/** What is hampered is met: it can be had. */
function ofFeature({ name, open, state, critical, why }: FeatureVerdict): ScenarioVerdict {
  return {
    ...{ id: name, name, critical, why },
    met: open && (state === 'works' || state === 'hampered'),
    passes: open,
    ...(state === 'not proven' ? { notProven: true } : {}),
  };
}

function judgeScenario(scenario: Scenario, judges: Judges): ScenarioVerdict {
  const { id, name, critical = false, notCounted } = scenario;
  if (notCounted !== undefined) return { id, name, critical, met: null, passes: true, why: notCounted };
  const prove = (operation: string) => judges.prove({ operation, loss: 'stops' });
  /** What is against it, what is not proven and not let pass, and what is let pass without proof. */
  const against: string[] = [];
  const unproven: string[] = [];
  const relied: string[] = [];
  for (const need of scenario.needs ?? []) {
    const ways = (typeof need === 'string' ? [need] : need).map(prove);
    if (ways.some(({ ok, state }) => ok && state === 'works')) continue;
    const passing = ways.find(({ ok }) => ok);
    const text = ways.map((way) => `${way.operation}: ${way.why}`).join('; ');
    if (passing) relied.push(`${passing.operation}: ${passing.why}`);
    else (ways.some(({ state }) => state === 'not proven') ? unproven : against).push(text);
  }
  if (scenario.within) {
    const { operations, ms } = scenario.within;
    const ways = operations.map(prove);
    const times = ways.flatMap(({ ok, state, latencyMs }) =>
      ok && state === 'works' && latencyMs !== undefined ? [latencyMs] : [],
    );
    const best = Math.min(...times);
    if (times.length === 0)
      (ways.some(({ state }) => state === 'not proven') ? unproven : against).push('no time was measured');
    else if (best > ms) against.push(`it took ${Math.round(best)} ms, more than ${ms} ms`);
  }
  if (scenario.bench) {
    const bench = judges.bench(scenario.bench);
    if (bench.ok && bench.state !== 'works') relied.push(bench.why);
    else if (!bench.ok) (bench.state === 'fails' ? against : unproven).push(bench.why);
  }
  const lacks = [...against, ...unproven, ...relied];
  return {
    ...{ id, name, critical },
    met: lacks.length === 0,
    passes: against.length + unproven.length === 0,
    ...(lacks.length > 0 && against.length === 0 ? { notProven: true } : {}),
    why: lacks.length === 0 ? 'proven' : lacks.join('. '),
  };
}

import type { Feature } from '../../impact/features.js';
import { hitsOf, LOSSES, needsIn, type Loss } from '../../impact/needs.js';
import type { Capability } from '../../record/run.js';
import { inWords } from '../../tickets/group.js';
import { SEVERITIES, type Severity } from './support.js';

/** What the features of consumers lose with the operations of a ticket, the worst first; each feature once. */
export function stopsView(operations: readonly Capability[], features: readonly Feature[]) {
  const needs = needsIn(features);
  // A workaround that is refused for the same cause is none.
  const isDown = (id: string) => operations.some((operation) => operation.id === id);
  const hits = operations.flatMap(({ id, outcome }) =>
    hitsOf(id, needs, isDown).map(({ feature: { consumer, name, critical }, loss, insteadOf = [] }) => ({
      ...{ consumer, name, critical, operation: id, loss, how: outcome === 'deviates' ? AT_RISK : HOW[loss] },
      // What it was the workaround for.
      insteadOf: loss === 'reserve' ? inWords(insteadOf) : '',
    })),
  );
  return LOSSES.flatMap((loss) => hits.filter((hit) => hit.loss === loss)).filter(
    isFirst(({ consumer, name }) => `${consumer} ${name}`),
  );
}

/** How a feature is that goes on with answers that break the contract. */
const AT_RISK = 'put at risk';

/** How a feature is without what it needs. */
const HOW: Record<Loss, string> = {
  stops: 'blocked',
  degrades: 'hampered',
  reserve: 'left without a workaround',
  workaround: 'forced onto a workaround',
};

/** How urgent it is, by the worst that happens. */
export function severityOf(stops: readonly { loss: string; critical: boolean }[]): Severity {
  return SEVERITIES.find((level) => level === 'low' || stops.some((stop) => LEVEL_OF[level](stop))) ?? 'low';
}

/** Who is affected, and how, in one line. */
export function affectedBy(stops: readonly { consumer: string; name: string; how: string }[]): string {
  const consumers = [...new Set(stops.map(({ consumer }) => consumer))];
  return consumers
    .map((consumer) => {
      const own = stops.filter((stop) => stop.consumer === consumer);
      const counts = [...new Set(own.map(({ how }) => how))].map((how) => {
        const names = own.filter((stop) => stop.how === how).map(({ name }) => name);
        return `${names.length} ${names.length === 1 ? 'feature' : 'features'} ${how} (${inWords(names)})`;
      });
      return `our application ${consumer}: ${counts.join(', ')}`;
    })
    .join('; ');
}

const LEVEL_OF: Record<Exclude<Severity, 'low'>, (stop: { loss: string; critical: boolean }) => boolean> = {
  critical: ({ loss, critical }) => loss === 'stops' && critical,
  high: ({ loss }) => loss === 'stops',
  normal: () => true,
};

function isFirst<T>(keyOf: (value: T) => string) {
  const seen = new Set<string>();
  return (value: T): boolean => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

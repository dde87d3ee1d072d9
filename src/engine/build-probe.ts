import { fill, filledRequest, type Probe } from '../probe/build.js';
import type { Value } from '../probe/value.js';
import type { Asking } from './observation.js';
import type { Step } from './plan.js';

/** Where the values of a request come from that are those of things. */
export interface IdSources {
  /** The id for a path parameter. */
  harvested: (parameter: string) => Value | undefined;
  /** The id that the answer of an operation gives. */
  found: (operation: string) => Value | undefined;
}

/** The request of a step, without credentials; or why it cannot be built. */
export function buildProbe(
  { operation, forbidden }: Step,
  asking: Asking,
  { harvested, found }: IdSources,
): { probe: Probe } | { why: string } {
  const { baseUrl, serve } = asking.target;
  const filled = fill(operation, {
    contract: asking.contract,
    samples: asking.samples,
    environment: asking.environment,
    inventIds: serve === 'mock',
    harvested: (_, parameter) => harvested(parameter),
    found,
    forbidden,
  });
  if (!filled.ok) return { why: filled.why };
  return {
    probe: {
      operation: operation.id,
      role: 'operation',
      request: filledRequest(operation, filled, baseUrl),
      shown: baseUrl + filled.path.shown,
    },
  };
}

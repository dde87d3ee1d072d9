import type { Capability } from '../run/run.js';

/** Whether the answer shows that there is such a route. */
export function isRouted({ outcome, layer, confidence }: Capability): boolean {
  // A host that looks at the token first says nothing about the route.
  if (layer === 'token' && confidence === 'possible') return false;
  return !['unrouted', 'gone', 'unreachable', 'skipped'].includes(outcome);
}

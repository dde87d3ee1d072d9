import type { Operation } from '../../contract/operation.js';
import { fill, filledRequest } from '../../probe/build.js';
import { isTakenBefore, pathFor } from '../../probe/segments.js';
import type { Value } from '../../probe/value.js';
import type { Asking } from '../observation.js';
import type { Ready } from '../ready.js';
import type { Sent } from './made.js';

/** The request of an operation on exactly the thing of these values; undefined when there is no such request. */
export function readyFor(
  operation: Operation,
  values: ReadonlyMap<string, Value>,
  { fillers, observation }: Sent,
  asking: Asking,
): Ready | undefined {
  const { baseUrl } = asking.target;
  const path = pathFor(baseUrl, operation.path, new Map([...values].map(([name, { sent }]) => [name, sent])));
  const others = asking.contract.operations.filter(({ method }) => method === operation.method);
  if (
    path === undefined ||
    isTakenBefore(
      operation.path,
      path,
      others.map((other) => other.path),
    )
  )
    return undefined;
  const created = [...values.values()].at(-1);
  const filled = fill(operation, {
    ...fillers,
    harvested: (_, parameter) => values.get(parameter),
    found: (from) => (from === observation.step.operation.id ? created : fillers.found(from)),
  });
  if (!filled.ok || filled.path.sent.replace(/\?.*$/, '') !== path) return undefined;
  return {
    operation,
    path: filled.path,
    request: filledRequest(operation, filled, baseUrl),
  };
}

import type { Operation } from '../../contract/operation.js';
import { readingOf, type RealWrite } from '../../probe/creations.js';
import { sameShape } from '../../probe/path-index.js';
import { parametersOf, segmentsOf } from '../../probe/segments.js';
import type { Value } from '../../probe/value.js';
import type { Asking } from '../observation.js';
import type { Sent } from './made.js';
import { shownAs, valuesOf } from './path-values.js';

/** The path under which a thing is, the parameter that names it there, and what reads it. */
export function namingOf(operation: Operation, write: RealWrite | undefined, { contract }: Asking) {
  const { removal } = write ?? {};
  if (removal) {
    const template = removal.remover.path;
    return { template, id: removal.id, read: readingOf(template, removal.id, contract.operations) };
  }
  const item = `/${[...segmentsOf(operation.path), '{}'].join('/')}`;
  const read = contract.operations.find(
    ({ method, safe, path }) => method === 'GET' && safe && sameShape(path, item),
  );
  return { template: read?.path, id: parametersOf(read?.path ?? '')?.at(-1) ?? 'id', read };
}

/** The values of the parameters that name what a thing is below; undefined when one is not known. */
export function knownValues(
  { observation, write, made, fillers }: Sent,
  asking: Asking,
): Map<string, Value> | undefined {
  const own = valuesOf(observation.probe.request, observation.step.operation, asking);
  if (!own) return undefined;
  const known = new Map<string, Value>();
  for (const [name, binding] of write?.removal?.others ?? []) {
    if (binding.of === 'answer') continue;
    const text = binding.of === 'creation' ? own.get(binding.parameter) : undefined;
    const value =
      binding.of === 'made' ? fillers.found(binding.by.id) : text && shownAs(text, name, made, asking);
    if (value === undefined || value === '') return undefined;
    known.set(name, value);
  }
  if (!write?.removal) for (const [name, text] of own) known.set(name, shownAs(text, name, made, asking));
  return known;
}

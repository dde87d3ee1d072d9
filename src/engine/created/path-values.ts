import { pathBelow } from '../../contract/operation-at.js';
import type { Operation } from '../../contract/operation.js';
import { fitTemplate, parameterIn, segmentsOf } from '../../probe/segments.js';
import type { Value } from '../../probe/value.js';
import type { HttpRequest } from '../../targets/reply.js';
import type { Asking } from '../observation.js';
import type { Made } from './made.js';

/** The values of the path parameters of a request that was made for an operation. */
export function valuesOf({ url }: HttpRequest, operation: Operation, { target }: Asking) {
  return fitTemplate(operation.path, pathBelow(url, target.baseUrl));
}

/** A value as it is sent and as it may be shown: that of a thing of the run, or a pseudonym of its kind. */
export function shownAs(sent: string, kind: string, made: readonly Made[], asking: Asking): Value {
  return (
    made.find(({ value }) => value.sent === sent)?.value ?? { sent, shown: asking.pseudonyms.of(kind, sent) }
  );
}

/** What the things of an operation are, in the word that its path has for them. */
export function kindOf({ path }: Operation): string {
  return segmentsOf(path).findLast((segment) => !segment.startsWith('{')) ?? 'thing';
}

/** The parameter of another operation that is at the place of this one. */
export function sameName(operation: Operation, other: Operation, parameter: string): string | undefined {
  const place = segmentsOf(operation.path).indexOf(`{${parameter}}`);
  return parameterIn(segmentsOf(other.path)[place] ?? '');
}

/** Values by the names that the parameters have in an operation whose path begins as the template does. */
export function renamed(
  operation: Operation,
  template: string | undefined,
  values: ReadonlyMap<string, Value>,
) {
  const theirs = segmentsOf(template ?? '');
  const found = new Map<string, Value>();
  for (const [place, segment] of segmentsOf(operation.path).entries()) {
    const name = parameterIn(segment);
    const value = values.get(parameterIn(theirs[place] ?? '') ?? '');
    if (name !== undefined && value) found.set(name, value);
  }
  return found;
}

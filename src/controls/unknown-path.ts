import { SAFE_METHODS } from '../contract/methods.js';
import { pathBelow } from '../contract/operation-at.js';
import { NotApplicable, type Ask } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import type { Probe } from '../probe/build.js';
import { unknownPathBeside, unknownPathProbe } from '../probe/unknown-path.js';
import type { Identity } from '../session/effect.js';
import { referenceOf, type Reference } from './compare.js';
import type { Control } from './control.js';
import type { HostSubject, OperationSubject } from './subject.js';

/** What the host says of a path that nobody can have routed. */
export interface UnknownPath extends Reference {
  /** Whether the path has as many segments as the one in question. */
  isSameDepth: boolean;
  /** Whether it was asked by the method in question. */
  isSameMethod: boolean;
  /** The same by the method in question, with a token that is refused, where it could not be asked with the good one. */
  refused: Reference | undefined;
}

/**
 * A path that matches no template of the contract, as near to the one in question as there is one, asked twice, with the
 * same token and by the same method where that can change nothing.
 */
export const unknownPath: Control<OperationSubject, UnknownPath> = {
  id: 'unknown-path',
  varies: 'the last segment of the path that can be another one',
  proves: 'whether the answer is what this host says of every path that it does not know',
  asks: { atMost: 4, effect: 'route' },
  *run(subject) {
    const { operation, token, answer, host } = subject;
    const { method } = operation;
    const status = answer.exchange.status ?? 0;
    const canChange = !SAFE_METHODS.has(method);
    const harmless = !canChange || (token === 'invalid' && (status === 401 || status === 403));
    const at = (unknown: string, by: string): { probe: Probe; isSameDepth: boolean } | undefined =>
      beside(subject, subject.probe, unknown, by);
    const [first, second] = host.unknown;
    const one = at(first, harmless ? method : 'GET');
    const other = at(second, harmless ? method : 'GET');
    if (!one || !other) return new NotApplicable('every path may be one of an operation');
    const reference = yield* twice(one.probe, other.probe, token);
    const isSameDepth = one.isSameDepth;
    const common = { ...reference, isSameDepth, isSameMethod: harmless };
    if (harmless || token === 'invalid' || !host.refusalSeen(operation))
      return { ...common, refused: undefined };
    const [refusedOne, refusedOther] = [at(first, method), at(second, method)];
    if (!refusedOne || !refusedOther) return { ...common, refused: undefined };
    return { ...common, refused: yield* twice(refusedOne.probe, refusedOther.probe, 'invalid') };
  },
};

function* twice(one: Probe, other: Probe, token: Identity): Generator<Ask, Reference, Seen> {
  const seen = yield { probe: one, token };
  return referenceOf(seen, yield { probe: other, token });
}

/** The probe of the unknown path that is nearest to the path of another probe. */
export function beside(
  { operation: { id }, host: { baseUrl, operations } }: Pick<OperationSubject, 'operation' | 'host'>,
  { request: { url }, shown }: Pick<Probe, 'request' | 'shown'>,
  unknown: string,
  method: string,
): { probe: Probe; isSameDepth: boolean } | undefined {
  const path = unknownPathBeside(
    { sent: pathBelow(url, baseUrl), shown: pathBelow(shown, baseUrl) },
    operations.map((operation) => operation.path),
    unknown,
  );
  return (
    path && {
      probe: unknownPathProbe(path, unknown, { operation: id, method, baseUrl, purpose: 'nonsense-sibling' }),
      isSameDepth: path.isSameDepth,
    }
  );
}

/** What the host says of an unknown path right below its base URL, with good credentials. */
export const unknownRoot: Control<HostSubject, Reference> = {
  id: 'unknown-root',
  varies: 'the whole path below the base URL',
  proves: 'whether the host answers with a success whatever is asked',
  asks: { atMost: 2, effect: 'none' },
  *run({ baseUrl, operations, unknown }) {
    const templates = operations.map(({ path }) => path);
    const [one, other] = unknown.map((segment) => {
      const path = unknownPathBeside({ sent: '/x', shown: '/x' }, templates, segment);
      const given = { operation: 'unknown-root', method: 'GET', baseUrl, purpose: 'nonsense-root' };
      return path && unknownPathProbe(path, segment, given);
    });
    if (!one || !other) return new NotApplicable('every path may be one of an operation');
    return yield* twice(one, other, 'valid');
  },
};

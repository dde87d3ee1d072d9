import { SAFE_METHODS } from '../contract/methods.js';
import { NotApplicable } from '../drive/drive.js';
import type { Reference } from './compare.js';
import type { Control } from './control.js';
import type { HostSubject, OperationSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairAtRoot, pairBeside } from './unknown-pair.js';

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
  *run({ operation, probe, token, answer, host }) {
    const { method } = operation;
    const { status } = answer.exchange;
    // Of a path that it does not know, a host may make something: it is only asked for that where it has refused the same
    // beside it.
    const isRefused = status === 401 || status === 403;
    const harmless = SAFE_METHODS.has(method) || (token === 'invalid' && isRefused);
    const pairBy = (by: string) => pairBeside(probe, host, nonsenseOf(operation.id, by, host));
    const pair = pairBy(harmless ? method : 'GET');
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const common = {
      ...(yield* askPair(pair, token)),
      ...{ isSameDepth: pair.isSameDepth, isSameMethod: harmless },
    };
    const asksRefused = !harmless && isRefused && host.refusalSeen(operation);
    const byMethod = asksRefused ? pairBy(method) : undefined;
    return { ...common, refused: byMethod && (yield* askPair(byMethod, 'invalid')) };
  },
};

/** What an unknown path beside an operation is asked for. */
export const NONSENSE = 'nonsense-sibling';

/** How the unknown path beside an operation is asked. */
export function nonsenseOf(operation: string, method: string, { baseUrl }: Pick<HostSubject, 'baseUrl'>) {
  return { operation, method, baseUrl, purpose: NONSENSE };
}

/** What the host says of an unknown path right below its base URL, with good credentials. */
export const unknownRoot: Control<HostSubject, Reference> = {
  id: 'unknown-root',
  varies: 'the whole path below the base URL',
  proves: 'whether the host answers with a success whatever is asked',
  asks: { atMost: 2, effect: 'none' },
  *run(host) {
    const { baseUrl } = host;
    const place = { operation: 'unknown-root', method: 'GET', baseUrl, purpose: 'nonsense-root' };
    const pair = pairAtRoot(host, place);
    return pair ? yield* askPair(pair, 'valid') : new NotApplicable(ALL_ROUTED);
  },
};

import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { mostSpecific } from '../contract/content.js';
import { SAFE_METHODS } from '../contract/methods.js';
import { operationAt, pathBelow } from '../contract/operation-at.js';
import { isForbidden } from '../contract/schema/validator.js';
import { isJsonType, parseJson } from '../json.js';
import { requestText, type HttpRequest } from '../targets/reply.js';
import type { OtherCaller, WritePolicy } from '../targets/targets.js';

/**
 * What a request could do to the records of a host, the least first. The names are those of the write policies: each
 * policy admits the requests up to its own effect.
 */
export type Effect = WritePolicy;

/**
 * With which credentials a request is sent: the target's own, those of another caller that it names, ones that nobody was
 * issued, or none.
 */
export type Identity = 'valid' | OtherCaller | 'invalid' | 'none';

/** What the effect of a request depends on besides its own bytes. */
export interface EffectFacts {
  contract: Pick<Contract, 'operations' | 'validators'>;
  /** The address that the paths of the contract are behind. */
  baseUrl: string;
  identity: Identity;
  /** Whether this run has seen the host refuse exactly these invalid credentials where the valid ones work. */
  refusalSeen: boolean;
  /** Requests by methods that do not only read which were refused: with these credentials, or even with the valid ones. */
  refusedWrites: readonly Pick<HttpRequest, 'method' | 'url'>[];
  /** Whether the contract or the target says that an operation refuses whoever has no good credentials. */
  isGuarded: (operation: Operation) => boolean;
  /** Whether a value was made to be the id of nothing. */
  isAbsent: (id: string) => boolean;
}

/** Why a request has more than the effect `none`, or may not be sent at all. A code: sentences are made elsewhere. */
export type EffectReason =
  | 'reads'
  | 'safe-by-contract'
  | 'refused-and-harmless'
  | 'forbidden-body'
  | 'may-change-something'
  | 'refusal-not-seen'
  | 'no-refused-write-beside'
  | 'not-guarded'
  | 'not-harmless';

/**
 * The effect that a request could have: computed from what would leave, never taken from who sends it.
 *
 * - `none`: GET, HEAD and OPTIONS, unless the contract says `x-safe: false`; a POST that it calls safe
 * - `route`: refused, and harmless even if it is not: with credentials that this run has seen refused, to an operation
 *   that is guarded, with a body that the contract forbids and only ids of nothing. On a path of no operation nothing
 *   keeps it harmless if it is let in: there a request by the same method has to have been refused beside it
 * - `validate`: with good credentials and a body that the contract forbids
 * - `full`: everything else
 *
 * The credentials of another caller are treated as valid: they were issued, whatever is said of them.
 */
export function effectOf(
  request: HttpRequest,
  facts: EffectFacts,
): { effect: Effect; because: EffectReason; operation: Operation | undefined; ids: readonly string[] } {
  const { contract, baseUrl, identity } = facts;
  const path = pathBelow(request.url, baseUrl);
  const found = operationAt(request.method, path, contract.operations);
  const operation = found?.operation;
  const ids = found?.ids ?? [];
  const give = (effect: Effect, because: EffectReason) => ({ effect, because, operation, ids });

  if (SAFE_METHODS.has(request.method)) {
    if (operation?.safe !== false) return give('none', 'reads');
  } else if (operation?.safe === true) return give('none', 'safe-by-contract');

  if (identity !== 'invalid') {
    return identity !== 'none' && operation !== undefined && hasForbiddenBody(request, operation, contract)
      ? give('validate', 'forbidden-body')
      : give('full', 'may-change-something');
  }
  if (!facts.refusalSeen) return give('full', 'refusal-not-seen');
  if (!found) {
    // A path of our own making: it is no operation's, and there is nothing in it that could be taken in.
    const ofNothing = path.split('/').some((segment) => facts.isAbsent(segment));
    if (!ofNothing || request.body !== undefined) return give('full', 'not-harmless');
    // A host that takes whatever path it is given would create something there. That it refuses reads says nothing of
    // what it does with this method.
    const isRefusedBeside = facts.refusedWrites.some(
      ({ method, url }) =>
        method === request.method && isBeside(path, pathBelow(url, baseUrl), facts.isAbsent),
    );
    return isRefusedBeside ? give('route', 'refused-and-harmless') : give('full', 'no-refused-write-beside');
  }
  if (!facts.isGuarded(found.operation)) return give('full', 'not-guarded');
  const onlyAbsent = ids.every(facts.isAbsent);
  const harmless = found.operation.body
    ? onlyAbsent && hasForbiddenBody(request, found.operation, contract)
    : onlyAbsent && ids.length > 0 && request.body === undefined;
  return harmless ? give('route', 'refused-and-harmless') : give('full', 'not-harmless');
}

/** Whether a path has the segments of another one at the same places, apart from those that were made to be nothing. */
function isBeside(path: string, other: string, isAbsent: EffectFacts['isAbsent']): boolean {
  const theirs = other.split('/').filter(Boolean);
  const own = path.split('/').filter(Boolean);
  return own.every((segment, index) => isAbsent(segment) || segment === theirs[index]);
}

/** Whether the contract forbids the body of a request, read as it would leave. Unknown is not forbidden. */
function hasForbiddenBody(
  request: HttpRequest,
  operation: Operation,
  { validators }: Pick<Contract, 'validators'>,
): boolean {
  const type = request.headers['content-type'] ?? '';
  const text = requestText(request);
  if (text === undefined || !isJsonType(type)) return false;
  const media = mostSpecific(operation.body?.content ?? {}, type)?.[1];
  if (media?.schemaPointer === undefined) return false;
  const value = parseJson(text);
  if (value === undefined) return false;
  return isForbidden(validators.request.check(media.schemaPointer, value));
}

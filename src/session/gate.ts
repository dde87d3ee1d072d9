import { percentDecoded } from '../percent.js';
import type { Operation } from '../contract/operation.js';
import type { HttpRequest } from '../targets/reply.js';
import { WRITE_POLICIES, type WritePolicy } from '../targets/targets.js';
import type { Budget, BudgetKind } from './budget.js';
import { effectOf, type Effect, type EffectFacts, type EffectReason, type Identity } from './effect.js';
import { onlyAdds } from './only-adds.js';

/** Why a request was not sent. A code: sentences are made where a person reads them. */
export type Refusal =
  | { code: 'policy'; effect: Effect; because: EffectReason }
  | { code: 'declared'; effect: Effect }
  | { code: 'method-override' }
  | { code: 'elsewhere' }
  /** Another caller has no credentials that could be sent, or none but ours. */
  | { code: 'no-credentials'; caller: Identity }
  | { code: 'path-changes' }
  | { code: 'not-created-here' }
  | { code: 'budget'; kind: BudgetKind }
  /** The checks have fetched, or would then have, as many records as they may in a run. */
  | { code: 'records'; most: number }
  /** The checks have asked an operation as often as they may. */
  | { code: 'checks-of-operation'; most: number }
  /** The host wants to be left in peace for longer than a run waits. */
  | { code: 'asked-to-wait'; until: Date };

/** A request, and what its sender says of it. What it could do is not taken from here. */
export interface Wanted {
  request: HttpRequest;
  /** What it is sent for. */
  kind: BudgetKind;
  /** The most that its sender means it to do. */
  atMost: Effect;
}

/** What the gate goes by. */
export interface GateRules {
  policy: WritePolicy;
  budget: Budget;
  facts: EffectFacts;
  /** Whether this run has created the thing that an id names. */
  isCreatedHere: (id: string) => boolean;
  /** Whether the host was started by this run and ends with it: nothing on it was there before. */
  isOurs: boolean;
}

/**
 * The one gate: whether a request may leave. Nothing else decides it.
 * @returns undefined when it may
 */
export function refusalOf({ request, kind, atMost }: Wanted, rules: GateRules): Refusal | undefined {
  const { policy, budget, facts } = rules;
  if (!isUnder(request.url, facts.baseUrl)) return { code: 'elsewhere' };
  if (!staysWhenResolved(request.url)) return { code: 'path-changes' };
  if (overridesMethod(request)) return { code: 'method-override' };
  const { effect, because, operation, ids } = effectOf(request, facts);
  if (rank(effect) > rank(policy)) return { code: 'policy', effect, because };
  if (rank(effect) > rank(atMost)) return { code: 'declared', effect };
  if (effect === 'full' && !rules.isOurs && !isOnOwnRecords(request, operation !== undefined, ids, rules)) {
    return { code: 'not-created-here' };
  }
  if (effect === 'validate' && !rules.isOurs && !isOnNothing(operation, ids, facts)) {
    // What may be changed properly may also be tried with a body that should be refused.
    const isOnOwn = ids.length > 0 && isOnOwnRecords(request, operation !== undefined, ids, rules);
    if (!isOnOwn) return { code: 'not-created-here' };
  }
  return budget.take(kind) ? undefined : { code: 'budget', kind };
}

export function rank(effect: Effect): number {
  return WRITE_POLICIES.indexOf(effect);
}

/** What is there before a run is never touched: only a creation goes without the id of something that the run made. */
function isOnOwnRecords(
  { method }: HttpRequest,
  isKnown: boolean,
  ids: readonly string[],
  { isCreatedHere, facts }: GateRules,
): boolean {
  if (!isKnown) return false;
  if (ids.length === 0) return method === 'POST';
  return ids.every((id) => isCreatedHere(id) || facts.isAbsent(id));
}

/** A host may take a body that its contract forbids: there has to be nothing that it would then change. */
function isOnNothing(
  operation: Operation | undefined,
  ids: readonly string[],
  { contract, isAbsent }: EffectFacts,
): boolean {
  if (!operation) return false;
  return ids.length > 0 ? ids.every(isAbsent) : onlyAdds(operation, contract.operations);
}

/** Whether a URL is a base URL, or is below it. */
export function isUnder(url: string, baseUrl: string): boolean {
  const rest = url.slice(baseUrl.length);
  return url.startsWith(baseUrl) && (rest === '' || /^[/?]/.test(rest));
}

/** `/things/../` and the like would reach another path than the one that was looked at. */
function staysWhenResolved(url: string): boolean {
  const written = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/[?#].*$/, '') || '/';
  // What the parser of the platform only encodes is the same path.
  const plain = (path: string) => path.split('/').map(percentDecoded).join('/');
  try {
    return plain(new URL(url).pathname) === plain(written);
  } catch {
    return false;
  }
}

const OVERRIDES: ReadonlySet<string> = new Set([
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]);

/** Some frameworks take a request for one of another method, by a header or a parameter. */
export function overridesMethod({ headers, url }: HttpRequest): boolean {
  if (Object.keys(headers).some((name) => OVERRIDES.has(name.toLowerCase()))) return true;
  const query = new URL(url).searchParams;
  return ['_method', ...OVERRIDES].some((name) => query.has(name));
}

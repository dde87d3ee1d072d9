import type { Evidence, Phase } from '../evidence.js';
import type { Rule } from '../rules.js';
import type { Seen } from '../seen.js';

/** The rules that each request breaks by what it could do, given how far it may go. */
export function* effects({ phases, setUp }: Evidence): Generator<{ rule: Rule; seen: Seen }> {
  for (const phase of phases) {
    for (const seen of phase.seen) {
      if (seen.server !== 'target' || seen.isToken) continue;
      if (seen.overrides) yield { rule: 'override is sent', seen };
      if (!seen.unsafe) continue;
      const hole = setUp.guard === 'one-open' && seen.operation?.segments[1] === 'tags';
      for (const rule of beyond(seen, phase, hole)) yield { rule, seen };
    }
  }
}

/** What a request that could change something does beyond what is allowed. */
function beyond(seen: Seen, phase: Phase, hole: boolean): Rule[] {
  switch (phase.allowed) {
    case 'none':
      return ['none: asks what could change something'];
    case 'route':
      return beyondRoute(seen, phase, hole);
    case 'validate':
      return beyondValidate(seen, phase, hole);
    case 'full':
      return [];
  }
}

function beyondRoute(seen: Seen, { seen: all }: Phase, hole: boolean): Rule[] {
  const { operation, carriesSecret, existing, hasId, allowed, touched } = seen;
  const faults: Rule[] = [];
  if (carriesSecret) faults.push('route: carries a good credential');
  if (operation !== undefined && !operation.guarded) faults.push('route: operation is not guarded');
  if (!refusalSeen(seen, all)) faults.push('route: refusal was not seen');
  if (hole || letInBefore(seen, all)) faults.push('route: the guard was seen to fail');
  if (operation === undefined) {
    // A control on a path that is none of the contract's: there is no body to forbid, and no id to invent.
    if (touched.length > 0) faults.push('route: unknown path was written to');
    return faults;
  }
  if (allowed === 'valid') faults.push('route: body is valid');
  if (existing.length > 0) faults.push('route: id exists');
  if (operation.body === undefined && !hasId) faults.push('route: neither body nor id');
  return faults;
}

function beyondValidate(seen: Seen, phase: Phase, hole: boolean): Rule[] {
  if (seen.allowed === 'forbidden') return [];
  if (seen.own && seen.method === 'DELETE' && seen.operation !== undefined) {
    return phase.mayRemove ? [] : ['validate: removes on a guarded target'];
  }
  const faults = beyondRoute(seen, phase, hole);
  if (faults.includes('route: carries a good credential')) return ['validate: body is not forbidden'];
  return faults;
}

/**
 * Whether a safe and guarded operation was answered with success when it came with something secret, and refused when
 * it came with exactly what this request presents, both before this one arrived.
 */
function refusalSeen({ presented, arrived }: Seen, all: readonly Seen[]): boolean {
  if (presented === undefined) return false;
  const before = all.filter(
    (one) =>
      one.server === 'target' &&
      one.answered !== undefined &&
      one.answered < arrived &&
      !one.unsafe &&
      one.operation?.guarded === true,
  );
  const refused = before.filter(
    (one) => one.presented === presented && (one.status === 401 || one.status === 403),
  );
  return refused.some((one) =>
    before.some((other) => other.operation === one.operation && other.carriesSecret && isSuccess(other)),
  );
}

/** Whether a read of the same collection was answered with success to what this request presents. */
function letInBefore({ presented, arrived, operation }: Seen, all: readonly Seen[]): boolean {
  return all.some(
    (one) =>
      presented !== undefined &&
      one.presented === presented &&
      !one.unsafe &&
      !one.carriesSecret &&
      one.answered !== undefined &&
      one.answered < arrived &&
      one.operation?.guarded === true &&
      one.operation.segments[1] === operation?.segments[1] &&
      isSuccess(one),
  );
}

function isSuccess({ status }: Seen): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

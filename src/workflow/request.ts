import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { asText, isObject, isArray, pointerSteps, setMember, type Json } from '../json.js';
import { fill, filledRequest, type Probe } from '../probe/build.js';
import type { Sample, Samples } from '../probe/samples.js';
import { expressionsIn, filledValue, type Scope } from './expression.js';
import type { FlowStep, GivenBody, GivenParameter } from './flow.js';

/** The request of a step, or why there is none: an expression that has no value, or what cannot be written. */
export type Built = { ok: true; probe: Probe } | { ok: false; why: string; lacks: string | undefined };

/**
 * Builds the request of a step: its values, each written as the contract says. A value that comes from elsewhere is shown
 * as the expression that it is.
 */
export function requestFor(
  { id, parameters, body }: Pick<FlowStep, 'id' | 'parameters' | 'body'>,
  operation: Operation,
  scope: Scope,
  { contract, baseUrl }: { contract: Contract; baseUrl: string },
): Built {
  const values = new Map<string, { value: Json; shown: string }>();
  for (const parameter of parameters) {
    const filled = filledValue(parameter.value, scope);
    if (!filled.ok) return { ok: false, why: `${filled.lacks} has no value`, lacks: filled.lacks };
    const isWritten = expressionsIn(parameter.value).length === 0;
    const shown = isWritten ? asText(filled.value) : asText(parameter.value);
    values.set(keyOf(parameter), { value: filled.value, shown });
  }
  const payload = body && filledBody(body, scope);
  if (payload && !payload.ok)
    return { ok: false, why: `${payload.lacks} has no value`, lacks: payload.lacks };
  const found = (key: string) => {
    const one = values.get(key);
    return one && { sent: asText(one.value), shown: one.shown };
  };
  const filled = fill(operation, {
    contract,
    samples: samplesOfStep(values, payload?.value),
    environment: {},
    inventIds: false,
    harvested: (_, name) => found(keyOf({ in: 'path', name })),
    found,
  });
  if (!filled.ok) return { ok: false, why: filled.why, lacks: undefined };
  return {
    ok: true,
    probe: {
      operation: operation.id,
      role: 'operation',
      purpose: `step ${id}`,
      request: filledRequest(operation, filled, baseUrl),
      shown: baseUrl + filled.path.shown,
    },
  };
}

function keyOf({ in: place, name }: Pick<GivenParameter, 'in' | 'name'>): string {
  return `${place ?? ''} ${name}`;
}

/** The values of a step in the form in which requests are filled. */
function samplesOfStep(
  values: ReadonlyMap<string, { value: Json; shown: string }>,
  body: Json | undefined,
): Samples {
  return {
    parameter: (_, place, name): Sample | undefined => {
      const key = keyOf({ in: place, name });
      return values.has(key) ? { from: key } : undefined;
    },
    extraQuery: () => ({}),
    body: () => body,
    references: () => [],
    removedBy: () => undefined,
    leaves: () => false,
    safeSearches: [],
    named: [],
    hasValuesFor: () => false,
  };
}

function filledBody(
  { payload, replacements }: GivenBody,
  scope: Scope,
): { ok: true; value: Json } | { ok: false; lacks: string } {
  const filled = filledValue(payload, scope);
  if (!filled.ok) return filled;
  const { value } = filled;
  for (const { target, value: written, asNumber } of replacements) {
    const one = filledValue(written, scope);
    if (!one.ok) return one;
    replace(value, target, asNumber ? asInteger(one.value) : one.value);
  }
  return { ok: true, value };
}

/** A text of digits as the number that it is; everything else as it is. */
function asInteger(value: Json): Json {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return number;
}

/** Puts a value at a place of a document, where there is such a place. */
function replace(document: Json, target: string, value: Json): void {
  const steps = pointerSteps(target);
  const last = steps.pop();
  if (last === undefined) return;
  let holder: Json | undefined = document;
  for (const step of steps) {
    if (isArray(holder)) holder = holder[Number(step)];
    else holder = isObject(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined;
  }
  if (isArray(holder) || isObject(holder)) setMember(holder, last, value);
}

import type { Contract, Operation, Parameter } from '../contract/contract.js';
import { asText, isArray, isJsonType, isObject, type Json } from '../json.js';
import type { HttpRequest } from '../target/reply.js';
import { isEnv, isFrom, type Sample, type Samples } from './samples.js';
import { bodyFor, valueFor, type Value } from './value.js';

/** Why a request is sent: to ask the operation itself, to control a verdict, or to try another spelling. */
export type Role = 'operation' | 'control' | 'variant';

/** One request built for an operation and a target. `shown` is its URL as it may be kept. */
export interface Probe {
  operation: string;
  role: Role;
  /** What a control or a variant is for, for example `nonsense-sibling`. */
  purpose?: string;
  request: HttpRequest;
  shown: string;
}

/** What is needed to fill an operation's template, besides the contract. */
export interface Fillers {
  contract: Contract;
  samples: Samples;
  environment: Record<string, string | undefined>;
  /** Ids from earlier answers, by path parameter; undefined where none is known. */
  harvested: (operation: Operation, parameter: string) => Value | undefined;
  /** The first id that an operation's answer gave. */
  found: (operation: string) => Value | undefined;
  /** Whether ids may be taken from samples and examples: where nothing real is asked. */
  inventIds: boolean;
  /** Changes a body that was made from the contract, not given by the samples, before it is sent. */
  adapt?: (operation: Operation, body: Json) => Json;
}

/** A request without its host and token, or the reason why it cannot be built. */
export type Filled =
  | { ok: true; path: Value; headers: Record<string, string>; body: string | undefined }
  | { ok: false; why: string };

/**
 * The request of an operation that needs nothing of earlier answers, without credentials.
 * @returns undefined where it needs a value that nobody has given
 */
export function plainProbe(
  operation: Operation,
  { contract, samples, environment }: Pick<Fillers, 'contract' | 'samples' | 'environment'>,
  baseUrl: string,
): Probe | undefined {
  const nothing = () => undefined;
  const filled = fill(operation, {
    ...{ contract, samples, environment, harvested: nothing, found: nothing, inventIds: false },
  });
  if (!filled.ok) return undefined;
  return {
    operation: operation.id,
    role: 'operation',
    request: { method: operation.method, url: baseUrl + filled.path.sent, headers: filled.headers },
    shown: baseUrl + filled.path.shown,
  };
}

/** Fills an operation's template from samples, harvested ids and the contract's own examples. */
export function fill(operation: Operation, fillers: Fillers): Filled {
  let sent = operation.path;
  let shown = operation.path;
  const query = { sent: new URLSearchParams(), shown: new URLSearchParams() };
  const headers: Record<string, string> = { accept: acceptOf(operation) };

  for (const parameter of operation.parameters) {
    if (parameter.in === 'cookie') continue;
    const value = parameterValue(operation, parameter, fillers);
    if (value === undefined) {
      if (!parameter.required) continue;
      return { ok: false, why: `no value for the ${parameter.in} parameter “${parameter.name}” is known` };
    }
    if (parameter.in === 'path') {
      sent = sent.replaceAll(`{${parameter.name}}`, () => encodeURIComponent(value.sent));
      shown = shown.replaceAll(`{${parameter.name}}`, () => shownSegment(value));
    } else if (parameter.in === 'query') {
      query.sent.set(parameter.name, value.sent);
      query.shown.set(parameter.name, value.shown);
    } else {
      headers[parameter.name.toLowerCase()] = value.sent;
    }
  }
  for (const [name, sample] of Object.entries(fillers.samples.extraQuery(operation.id))) {
    const value = query.sent.has(name) ? undefined : sampleValue(sample, fillers);
    if (value === undefined) continue;
    query.sent.set(name, value.sent);
    query.shown.set(name, value.shown);
  }

  const body = bodyOf(operation, fillers);
  if (body) headers['content-type'] = body.type;
  const tail = (parameters: URLSearchParams) => (parameters.size > 0 ? `?${parameters.toString()}` : '');
  return {
    ok: true,
    path: { sent: sent + tail(query.sent), shown: shown + tail(query.shown) },
    headers,
    body: body?.text,
  };
}

/** What stands in a path for a value: as it is sent, or for one that is not to be seen, its other name as one segment. */
function shownSegment({ sent, shown }: Value): string {
  return sent === shown ? encodeURIComponent(sent) : shown.replaceAll('/', '%2F');
}

/** The media types that the operation documents for a success, JSON first. */
function acceptOf(operation: Operation): string {
  const documented = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.keys(content));
  const types = [...new Set(documented)].sort(
    (one, other) => Number(isJsonType(other)) - Number(isJsonType(one)),
  );
  return types.join(', ') || 'application/json';
}

function parameterValue(operation: Operation, parameter: Parameter, fillers: Fillers): Value | undefined {
  const { name } = parameter;
  if (parameter.in === 'cookie') return undefined;
  const own = fillers.samples.parameter(operation.id, parameter.in, name);
  const isId = parameter.in === 'path';
  if (isId) {
    const harvested = fillers.harvested(operation, name);
    if (harvested) return harvested;
    if (!fillers.inventIds && !isReference(own)) return undefined;
  }
  const value = own === undefined ? undefined : sampleValue(own, fillers);
  if (value !== undefined || !parameter.required) return value;
  // The contract's example of an id can be that of a real thing.
  if (isId && !fillers.inventIds) return undefined;
  const made = asText(parameter.example ?? valueFor(parameter.schema, fillers.contract));
  return { sent: made, shown: made };
}

function isReference(sample: Sample | undefined): boolean {
  return typeof sample === 'object';
}

function sampleValue(sample: Sample, fillers: Fillers): Value | undefined {
  if (typeof sample !== 'object') return { sent: String(sample), shown: String(sample) };
  if ('from' in sample) {
    const found = fillers.found(sample.from) ?? (fillers.inventIds ? { sent: '1', shown: '1' } : undefined);
    const { as } = sample;
    if (!found || as === undefined) return found;
    return { sent: as.replace('{id}', () => found.sent), shown: as.replace('{id}', () => found.shown) };
  }
  const value = fillers.environment[sample.env];
  return value === undefined || value === '' ? undefined : { sent: value, shown: `$${sample.env}` };
}

function bodyOf(operation: Operation, fillers: Fillers): { type: string; text: string } | undefined {
  const own = fillers.samples.body(operation.id);
  const fromContract = operation.body ? bodyFor(operation.body.content, fillers.contract) : undefined;
  if (own === undefined && !fromContract) return undefined;
  const type = fromContract?.type ?? 'application/json';
  const value =
    own === undefined ? adapted(operation, fromContract?.value ?? null, fillers) : filledBody(own, fillers);
  return { type, text: encodeBody(type, value) };
}

function adapted(operation: Operation, body: Json, { adapt }: Fillers): Json {
  return adapt ? adapt(operation, body) : body;
}

/** A body with the ids and variables that it refers to; what is not known is left out. */
function filledBody(value: Json, fillers: Fillers): Json {
  if (isFrom(value) || isEnv(value)) return sampleValue(value, fillers)?.sent ?? null;
  if (isArray(value)) return value.map((item) => filledBody(item, fillers));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filledBody(member, fillers)]),
  );
}

/** A body in the form that its media type asks for. */
export function encodeBody(type: string, value: Json): string {
  if (/^application\/x-www-form-urlencoded/i.test(type) && typeof value === 'object' && value !== null) {
    return new URLSearchParams(
      Object.entries(value).map(([name, member]) => [name, asText(member)]),
    ).toString();
  }
  return /json/i.test(type) || typeof value !== 'string' ? JSON.stringify(value) : value;
}
